// One alarm: its values around the trip, its rule in words, and what may be said about it. Work on
// it is its ticket's; here it is only seen, or set aside for a while with a reason.
import { useEffect, useState } from 'preact/hooks';
import type { AlarmView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import { pathTo } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { ActionBar } from './action-bar.tsx';
import { alarmActions } from './action-fields.ts';
import { AlarmFacts } from './alarm-facts.tsx';
import { Frame } from './frame.tsx';
import { sightOf, type Sight } from './sight.ts';
import { TripPlot } from './trip-plot.tsx';

export function AlarmPage({ live, id }: { live: Live; id: string }) {
  const sight = sightOf(live);
  const [round, setRound] = useState(0);
  const active = live.alarms.value.get(id);
  const asked = useAsked<AlarmView[]>(active ? undefined : '/api/v1/alarms?state=all', round);
  const alarm = active ?? (asked?.ok ? asked.value.find((one) => one.id === id) : undefined);
  const lookAgain = () => setRound(round + 1);
  return (
    <Frame live={live} tab="desk">
      {!alarm && !asked && <Quiet what={sight.words.loading} />}
      {!alarm && asked && !asked.ok && (
        <Failure words={sight.words} title={asked.title} detail={asked.detail} retry={lookAgain} />
      )}
      {!alarm && asked?.ok && (
        <Quiet what={sight.words.engineer.notFound} next={sight.words.engineer.notFoundNext} />
      )}
      {alarm && <Alarm live={live} alarm={alarm} sight={sight} />}
      {alarm && (
        <ActionBar<AlarmView>
          key={id}
          path={`/api/v1/alarms/${encodeURIComponent(id)}`}
          actions={alarmActions(alarm)}
          tickets={[]}
          now={sight.now}
          reachable={sight.reachable}
          words={sight.words}
          onDone={lookAgain}
          onConflict={lookAgain}
        />
      )}
    </Frame>
  );
}

interface AlarmProps {
  readonly live: Live;
  readonly alarm: AlarmView;
  readonly sight: Sight;
}

function Alarm({ live, alarm, sight }: AlarmProps) {
  const { words, nameOf } = sight;
  const title = `${nameOf(alarm.asset)} · ${words.alarmState[alarm.state]}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main class="columns columns--detail">
      <div class="column">
        <header class="detail">
          <a class="detail__back" href={pathTo('/engineer')}>
            ← {words.back}
          </a>
          <p class="detail__number">
            {words.engineer.alarm} · {alarm.rule}
          </p>
          <h1 class="detail__title">{nameOf(alarm.asset)}</h1>
          <p class="detail__state">
            <Cue of={alarm.state === 'normal' ? 'normal' : alarm.severity} look="filled">
              {words.severity[alarm.severity]}
            </Cue>{' '}
            <b class="detail__stage">{words.alarmState[alarm.state]}</b>
          </p>
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
  return (
    <ul class="links">
      {alarm.ticket && (
        <li>
          <a class="link" href={pathTo(`/engineer/tickets/${encodeURIComponent(alarm.ticket)}`)}>
            {words.engineer.ticket} →
          </a>
        </li>
      )}
      {alarm.explainedBy && (
        <li>
          <a
            class="link"
            href={pathTo(`/engineer/alarms/${encodeURIComponent(alarm.explainedBy)}`)}
          >
            {words.engineer.explainedBy} →
          </a>
        </li>
      )}
    </ul>
  );
}
