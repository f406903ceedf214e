// An alarm told in words: its rule, when it came and went, who has seen it, what it took with it.
import type { ComponentChildren } from 'preact';
import type { AlarmView } from '../../gateway/api/schemas.ts';
import { pathTo } from '../shared/language.ts';
import { ruleText } from '../shared/told.ts';
import { wordFor } from '../shared/words.ts';
import type { Sight } from './sight.ts';

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
        <Fact name={word.rule}>{ruleText(alarm, sight)}</Fact>
        <Fact name={word.raisedAt}>
          {format.since(Date.parse(alarm.raisedAt), now)}
          {value && ` · ${value}`}
        </Fact>
        <Fact name={word.clearedAt}>
          {alarm.clearedAt ? format.since(Date.parse(alarm.clearedAt), now) : word.still}
        </Fact>
        <Fact name={word.alarm}>{stateWords(alarm, sight)}</Fact>
      </dl>
      {alarm.inside.length > 0 && <Inside alarm={alarm} sight={sight} />}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function stateWords(alarm: AlarmView, { words, format, now }: Sight): string {
  const { acknowledgedBy, shelvedUntil, shelvedReason } = alarm;
  if (alarm.state === 'shelved' && shelvedUntil)
    return words.engineer.shelvedUntil(
      format.moment(Date.parse(shelvedUntil), now),
      shelvedReason ?? words.unknown,
    );
  const known = acknowledgedBy ? ` · ${words.engineer.acknowledgedBy(acknowledgedBy)}` : '';
  return words.alarmState[alarm.state] + known;
}

/** A dead circuit's lamps, the first to go first: that is where to look. */
function Inside({ alarm, sight }: { alarm: AlarmView; sight: Sight }) {
  const { words, nameOf } = sight;
  return (
    <>
      <h3 class="facts__inside">{words.engineer.inside(alarm.inside.length)}</h3>
      <ol class="inside">
        {alarm.inside.map((id, place) => (
          <li key={id} class="inside__one">
            {nameOf(id)}
            {place === 0 && <b class="inside__first"> · {words.engineer.firstToGo}</b>}
          </li>
        ))}
      </ol>
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
              {sight.nameOf(alarm.asset)} · {sight.words.alarmState[alarm.state]}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
