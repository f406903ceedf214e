// One figure of a day opened up: what the scales said and what people put right, whether its bins
// balance, its events, its bins, what was left out, its corrections.
import { useEffect, useState } from 'preact/hooks';
import type { LedgerDayView } from '../../gateway/api/schemas.ts';
import { language } from '../shared/language.ts';
import { Quiet } from '../shared/quiet.tsx';
import { Answered } from '../shared/answered.tsx';
import { FiguresTable } from './figures-table.tsx';
import { CorrectionPart } from './correction-part.tsx';
import { BalanceLines, BinTable, ExcludedTable } from './day-bins.tsx';
import { EventTable } from './day-events.tsx';
import type { Chosen } from './day-page.tsx';
import { PartLink, toPart } from './ledger-parts.tsx';
import { BASES, dayPath, figureOf, type Basis, type Shown } from './opened-day.ts';
import { signedKg } from './remarks.ts';
import type { Sight } from './sight.ts';
import { ENOUGH } from './tonnage.ts';
import { useKept } from '../shared/use-kept.ts';

const NO_SUCH_BINS = 404;

interface OpenedProps {
  readonly figure: Chosen & { readonly day: string };
  readonly show: Shown;
  readonly round: number;
  readonly binOf: (id: string) => string;
  readonly sight: Sight;
  /** The day's figures are no longer what was asked for. */
  readonly onChange: () => void;
}

export function DayOpened({ figure, show, round, binOf, sight, onChange }: OpenedProps) {
  const { words } = sight;
  const [retries, setRetries] = useState(0);
  const path = `/api/v1/ledger/day?${new URLSearchParams({ ...figure }).toString()}`;
  const asked = useKept<LedgerDayView>(path, round + retries);
  const isThere = asked.value !== undefined;
  // A link may lead to a part that was not there when the page opened.
  useEffect(() => {
    if (isThere) toPart(location.hash.slice(1) || undefined);
  }, [isThere]);
  if (asked.failure?.status === NO_SUCH_BINS) return <Quiet what={words.ledger.day.noBins} />;
  return (
    <Answered asked={asked} words={words} retry={() => setRetries(retries + 1)}>
      {(day) => (
        <section class="opened" aria-labelledby="opened">
          <h2 id="opened" class="section opened__name">
            {words.ledger.day.opened(sight.stationOf(day.station), words.stream[day.stream])}
          </h2>
          <Facts day={day} sight={sight} />
          <FigureTable day={day} sight={sight} />
          <BalanceLines bins={day.bins} binOf={binOf} sight={sight} />
          <EventTable day={day} show={show} binOf={binOf} sight={sight} />
          <CorrectionPart day={day} sight={sight} onChange={onChange} />
          <BinTable day={day} binOf={binOf} sight={sight} />
          <ExcludedTable day={day} sight={sight} />
        </section>
      )}
    </Answered>
  );
}

interface PartProps {
  readonly day: LedgerDayView;
  readonly sight: Sight;
}

const ORDINARY_MINUTES = 1440;

function Facts({ day, sight: { words, format, now } }: PartProps) {
  const say = words.ledger.day;
  const parts = [
    `${words.review.kpi.completeness} ${day.completeness < ENOUGH ? '⚠ ' : ''}${format.percent(day.completeness)}`,
    day.reopenedAt === undefined
      ? undefined
      : say.reopened(day.revision, format.moment(Date.parse(day.reopenedAt), now)),
    day.minutes === ORDINARY_MINUTES ? undefined : say.long(words.time.hours(day.minutes / 60)),
  ];
  return <p class="note">{parts.filter(Boolean).join(' · ')}</p>;
}

function FigureTable({ day, sight }: PartProps) {
  const { words } = sight;
  const say = words.ledger.day;
  return (
    <FiguresTable
      labelledBy="opened"
      look="sum"
      columns={[say.basisName, say.measured, say.correctedBy, say.counted]}
    >
      {BASES.map((basis) => (
        <FigureLine key={basis} day={day} basis={basis} sight={sight} />
      ))}
    </FiguresTable>
  );
}

function FigureLine({ day, basis, sight }: PartProps & { readonly basis: Basis }) {
  const { words, format } = sight;
  const say = words.ledger;
  const { measuredKg, correctedKg, countedKg, pending } = figureOf(day, basis);
  const show = basis === 'deposited' ? 'deposits' : 'collections';
  const { station, stream } = day;
  const at = { station, stream, lang: language.value };
  return (
    <tr data-basis={basis}>
      <th scope="row">{say.day.basis[basis]}</th>
      <td class="num">
        <PartLink href={dayPath(day.day, { ...at, show, part: 'events' })}>
          {format.value('net', measuredKg)}
        </PartLink>
      </td>
      <td class="num">
        <PartLink href={dayPath(day.day, { ...at, show, part: 'corrections' })}>
          {correctedKg === 0 ? say.none : `✎ ${signedKg(correctedKg, format)}`}
        </PartLink>
        {pending > 0 && <span class="remark">… {say.mark.pending(pending)}</span>}
      </td>
      <td class="num">
        <b class="figures__counted">{format.value('net', countedKg)}</b>
      </td>
    </tr>
  );
}
