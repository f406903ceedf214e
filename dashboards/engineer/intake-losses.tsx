// Every loss as a row, newest first, and the days one by one.
import { useState } from 'preact/hooks';
import type { IntakeView, LossesView, LossView } from '../../gateway/api/schemas.ts';
import { addDays } from '../shared/calendar.ts';
import { Cue } from '../shared/cue.tsx';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { siteTimeIn } from '../shared/site-time.ts';
import { useAsked } from '../shared/use-asked.ts';
import { wordFor } from '../shared/words.ts';
import type { PartProps } from './intake-refused.tsx';
import { Counts } from './intake-tables.tsx';
import type { Sight } from './sight.ts';

const ROWS = 20;

export function LossRows({ round, sight }: PartProps) {
  const { words } = sight;
  const [offset, setOffset] = useState(0);
  const path = `/api/v1/intake/losses?limit=${ROWS}&offset=${offset}`;
  const asked = useAsked<LossesView>(path, round);
  const losses = asked?.ok ? asked.value.losses : [];
  const next = asked?.ok ? asked.value.next : undefined;
  return (
    <section aria-labelledby="losses">
      <h2 id="losses" class="section section--small">
        {words.intake.rows}
      </h2>
      {asked && !asked.ok && <Failure words={words} title={asked.title} detail={asked.detail} />}
      {asked?.ok && losses.length === 0 && <Quiet what={words.intake.noRows} />}
      <ul class="rejections">
        {losses.map((loss) => (
          <Row key={loss.id} loss={loss} sight={sight} />
        ))}
      </ul>
      {(offset > 0 || next !== undefined) && (
        <p class="pages">
          {offset > 0 && (
            <button type="button" class="button" onClick={() => setOffset(offset - ROWS)}>
              {words.back}
            </button>
          )}
          {next !== undefined && (
            <button type="button" class="button" onClick={() => setOffset(next)}>
              {words.intake.olderRows}
            </button>
          )}
        </p>
      )}
    </section>
  );
}

/** Where nobody lost a message, or where another row counts it already. */
const isCalm = ({ reason, isInGaps }: LossView): boolean =>
  isInGaps === true || reason === 'skipped' || reason === 'turned-away';

function Row({ loss, sight: { words, format, now } }: { loss: LossView; sight: Sight }) {
  const say = words.intake;
  const [from, to] = [Date.parse(loss.from), Date.parse(loss.to)];
  const count = format.count(loss.count);
  const notes = [
    loss.why && say.why[loss.why],
    loss.isInGaps && say.isInGaps,
    from === to
      ? format.since(to, now)
      : say.span(format.moment(from, now), format.moment(to, now)),
  ];
  return (
    <li class="loss" data-loss={loss.reason}>
      <p class="rejection__head">
        <Cue of={isCalm(loss) ? 'low' : 'medium'} look="plain">
          {wordFor(say.loss, loss.reason)}
        </Cue>{' '}
        · {loss.device ?? loss.source} ·{' '}
        {loss.reason === 'skipped' ? say.bytesOf(count) : say.messages(count)}
        {numbersIn(loss, { say, count })}
      </p>
      <p class="rejection__detail">{notes.filter(Boolean).join(' · ')}</p>
    </li>
  );
}

function numbersIn(
  { firstSeq, lastSeq, count: missing }: LossView,
  { say, count }: { say: Sight['words']['intake']; count: string },
): string {
  if (firstSeq === undefined || lastSeq === undefined) return '';
  const numbers = say.numbers(firstSeq, lastSeq);
  const width = ((lastSeq - firstSeq + 65_536) % 65_536) + 1;
  return ` · ${width === missing ? numbers : say.someOf(count, numbers)}`;
}

const DAYS = 14;
/** Of the rounds in which the page asks, every twelfth: days change slowly. */
const SLOWER = 12;

export function DayLines({ round, sight }: PartProps) {
  const { words, format, zone, now } = sight;
  const say = words.intake;
  const today = siteTimeIn(zone).at(now).date;
  const path = `/api/v1/intake?from=${addDays(today, 1 - DAYS)}&to=${today}`;
  const asked = useAsked<IntakeView>(path, Math.floor(round / SLOWER));
  if (asked && !asked.ok) {
    return <Failure words={words} title={asked.title} detail={asked.detail} />;
  }
  const days = asked?.ok ? [...(asked.value.days ?? [])].reverse() : [];
  return (
    <Counts caption={say.days} first={say.day} columns={[say.heard, say.stored, say.lost]}>
      {days.map((day) => (
        <tr key={day.day} data-day={day.day}>
          <th scope="row">{day.day}</th>
          <td>{format.count(day.heard)}</td>
          <td>{format.count(day.stored)}</td>
          <td>{reasonsIn(day.lost, sight)}</td>
        </tr>
      ))}
    </Counts>
  );
}

/** `缺号 10 · 排队溢出 2`, or `0`. */
export function reasonsIn(counts: Readonly<Record<string, number>>, { words, format }: Sight) {
  const reasons = Object.entries(counts).filter(([, count]) => count > 0);
  if (reasons.length === 0) return '0';
  return reasons
    .map(([reason, count]) => `${wordFor(words.intake.loss, reason)} ${format.count(count)}`)
    .join(' · ');
}
