// One alarm: its values around the trip, its rule in words, how it stands, and what may be said about
// it. Work on it is its ticket's; here it is only seen, set aside for a while, or taken out.
import { useEffect, useState } from 'preact/hooks';
import type { AlarmView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import { pathTo } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { ActionBar } from './action-bar.tsx';
import { alarmActions, LONGEST_SHELF_H } from './action-fields.ts';
import { AlarmFacts } from './alarm-facts.tsx';
import { alarmName, stateFacts, stateWord } from './alarm-look.ts';
import { Frame } from './frame.tsx';
import { mayDo, sightOf, type Sight } from './sight.ts';
import { StateMark } from './state-mark.tsx';
import { TripPlot } from './trip-plot.tsx';

export function AlarmPage({ live, id }: { live: Live; id: string }) {
  const sight = sightOf(live);
  const { words } = sight;
  const [round, setRound] = useState(0);
  const active = live.alarms.value.get(id);
  const asked = useAsked<AlarmView[]>(active ? undefined : '/api/v1/alarms?state=all', round);
  const alarm = active ?? (asked?.ok ? asked.value.find((one) => one.id === id) : undefined);
  const lookAgain = () => setRound(round + 1);
  return (
    <Frame live={live} tab="alarms">
      {!alarm && !asked && <Quiet what={words.loading} />}
      {!alarm && asked && !asked.ok && (
        <Failure words={words} title={asked.title} detail={asked.detail} retry={lookAgain} />
      )}
      {!alarm && asked?.ok && (
        <Quiet what={words.engineer.notFound} next={words.engineer.notFoundNext} />
      )}
      {alarm && <Alarm live={live} alarm={alarm} sight={sight} />}
      {alarm && (
        <ActionBar<AlarmView>
          key={id}
          path={`/api/v1/alarms/${encodeURIComponent(id)}`}
          actions={alarmActions(alarm, (operation) => mayDo(sight, operation))}
          story={[[stateWord(alarm, sight), ...stateFacts(alarm, sight)].join(' · ')]}
          around={{ tickets: [], longest: longestShelf(alarm, sight) }}
          sight={sight}
          onDone={lookAgain}
          onConflict={lookAgain}
        />
      )}
    </Frame>
  );
}

function longestShelf({ severity }: AlarmView, { words }: Sight) {
  const hours = LONGEST_SHELF_H[severity];
  const span = hours < 48 ? words.time.hours(hours) : words.time.days(hours / 24);
  return { hours, words: words.work.shelveLongest(words.severity[severity], span) };
}

interface AlarmProps {
  readonly live: Live;
  readonly alarm: AlarmView;
  readonly sight: Sight;
}

function Alarm({ live, alarm, sight }: AlarmProps) {
  const { words } = sight;
  const name = alarmName(alarm, sight);
  const title = `${name} · ${words.alarmState[alarm.state]}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main class="columns columns--detail">
      <div class="column">
        <header class="detail">
          <a class="detail__back" href={pathTo('/engineer/alarms')}>
            ← {words.work.alarms.title}
          </a>
          <p class="detail__number">
            {words.engineer.alarm} · {alarm.rule}
          </p>
          <h1 class="detail__title">{name}</h1>
          <p class="detail__state">
            <Cue of={alarm.state === 'normal' ? 'normal' : alarm.severity} look="filled">
              {words.severity[alarm.severity]}
            </Cue>{' '}
            <b class="detail__stage">
              <StateMark alarm={alarm} sight={sight} />
            </b>
          </p>
          {alarm.chattering && <p class="standing standing--parked">⇅ {words.work.chatters}</p>}
        </header>
        <TripPlot alarm={alarm} assets={live.assets.value} {...sight} />
      </div>
      <div class="column">
        <AlarmFacts alarm={alarm} sight={sight} />
        <Elsewhere alarm={alarm} sight={sight} />
      </div>
    </main>
  );
}

/** Where the work on it is, or the bigger alarm that speaks for it. */
function Elsewhere({ alarm, sight: { words } }: Omit<AlarmProps, 'live'>) {
  const { id, ticket, explainedBy, incident } = alarm;
  const links = [
    [ticket, 'tickets', words.engineer.ticket],
    [explainedBy, 'alarms', words.engineer.explainedBy],
    [incident === id ? undefined : incident, 'alarms', words.work.inFlood],
  ] as const;
  return (
    <ul class="links">
      {links.map(
        ([to, where, name]) =>
          to && (
            <li key={name}>
              <a class="link" href={pathTo(`/engineer/${where}/${encodeURIComponent(to)}`)}>
                {name} →
              </a>
            </li>
          ),
      )}
    </ul>
  );
}
