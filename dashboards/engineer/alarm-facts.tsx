// An alarm told in words: its rule, when it came and went, how it stands and who brought it there,
// what it took with it.
import { useState } from 'preact/hooks';
import type { AlarmView } from '../../gateway/api/schemas.ts';
import { pathTo } from '../shared/language.ts';
import { wordFor } from '../shared/words.ts';
import { alarmName, alarmText, isFlood, stateFacts } from './alarm-look.ts';
import { Fact } from './fact.tsx';
import type { Sight } from './sight.ts';
import { StateMark } from './state-mark.tsx';

export function AlarmFacts({ alarm, sight }: { alarm: AlarmView; sight: Sight }) {
  const { words, format, now } = sight;
  const word = words.engineer;
  const value =
    alarm.quantity && alarm.value !== undefined
      ? `${wordFor(words.quantity, alarm.quantity)} ${format.exact(alarm.quantity, alarm.value)}`
      : undefined;
  return (
    <section class="facts">
      <dl>
        <Fact name={word.rule}>{alarmText(alarm, sight)}</Fact>
        <Fact name={word.raisedAt}>
          {format.since(Date.parse(alarm.raisedAt), now)}
          {value && ` · ${value}`}
        </Fact>
        <Fact name={word.clearedAt}>{overWords(alarm, sight)}</Fact>
        <Fact name={words.work.mark}>
          <StateMark alarm={alarm} sight={sight} />
          {stateFacts(alarm, sight).map((fact) => (
            <span key={fact} class="fact__more">
              {fact}
            </span>
          ))}
        </Fact>
      </dl>
      {alarm.inside.length > 0 && <Inside alarm={alarm} sight={sight} />}
    </section>
  );
}

/** Latched, it is gone though it still stands. */
function overWords({ clearedAt, returnedAt }: AlarmView, { words, format, now }: Sight): string {
  const over = clearedAt ?? returnedAt;
  return over ? format.since(Date.parse(over), now) : words.engineer.still;
}

/** A flood takes hundreds; whoever wants them all says so. */
const LISTED = 20;

/** A dead circuit's lamps, the first to go first: that is where to look. Or what a flood is made of. */
function Inside({ alarm, sight }: { alarm: AlarmView; sight: Sight }) {
  const { words, nameOf } = sight;
  const [all, setAll] = useState(false);
  const { inside } = alarm;
  const shown = all ? inside : inside.slice(0, LISTED);
  return (
    <>
      <h3 class="facts__inside">
        {isFlood(alarm)
          ? words.work.floodInside(inside.length)
          : words.engineer.inside(inside.length)}
      </h3>
      <ol class="inside">
        {shown.map((id, place) => (
          <li key={id} class="inside__one">
            {nameOf(id)}
            {place === 0 && <b class="inside__first"> · {words.engineer.firstToGo}</b>}
          </li>
        ))}
      </ol>
      {shown.length < inside.length && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {words.work.showAll} · {inside.length}
        </button>
      )}
    </>
  );
}

/** The alarms of a ticket beyond its first, each a way to its own page. */
export function AlarmLinks({ alarms, sight }: { alarms: readonly AlarmView[]; sight: Sight }) {
  if (alarms.length === 0) return null;
  return (
    <section>
      <h2 class="section section--small">{sight.words.engineer.alarmsOf}</h2>
      <ul class="links">
        {alarms.map((alarm) => (
          <li key={alarm.id}>
            <a class="link" href={pathTo(`/engineer/alarms/${encodeURIComponent(alarm.id)}`)}>
              {alarmName(alarm, sight)} · <StateMark alarm={alarm} sight={sight} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
