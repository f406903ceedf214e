// The days of the review that somebody should look at: not in balance, far from their weekday, put right
// or waiting for it. And, apart from all that was weighed, what is only estimated.
import type { LedgerRowView } from '../../gateway/api/schemas.ts';
import { language } from '../shared/language.ts';
import { StreamChip } from '../shared/stream-chip.tsx';
import { FiguresTable } from './figures-table.tsx';
import { dayPath } from './opened-day.ts';
import { remarkedIn } from './remarks.ts';
import { RowRemarks } from './row-remarks.tsx';
import { dayName, type Sight } from './sight.ts';
import { STREAMS, type Day } from './tonnage.ts';

interface DaysProps {
  readonly days: readonly Day[];
  readonly sight: Sight;
}

const MOST = 8;

export function RemarkableDays({ days, sight }: DaysProps) {
  const { words, stationOf } = sight;
  const say = words.ledger;
  const found = remarkedIn(days);
  if (found.length === 0) return null;
  return (
    <section class="remarkable" aria-labelledby="remarkable">
      <h2 id="remarkable" class="section">
        {say.remarkable}
      </h2>
      <ul class="cases">
        {found.slice(0, MOST).map(({ row }) => {
          const { period, station, stream } = row;
          const href = dayPath(period, { station, stream, lang: language.value });
          return (
            <li key={`${period} ${station} ${stream} ${row.origin}`} class="case">
              <a class="part-link" href={href}>
                {dayName(period, words)}
              </a>
              <StreamChip stream={stream} word={words.stream[stream]} />
              <span class="case__where">{stationOf(station)}</span>
              <span class="case__why">
                <RowRemarks row={row} sight={sight} />
              </span>
            </li>
          );
        })}
      </ul>
      {found.length > MOST && <p class="note">{say.remarkableMore(found.length - MOST)}</p>}
    </section>
  );
}

export function Estimated({ days, sight }: DaysProps) {
  const { words, format } = sight;
  const say = words.ledger.estimated;
  const rows = days.flatMap(({ estimated }) => estimated);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="estimated">
      <h2 id="estimated" class="section section--small">
        {say.title}
      </h2>
      <p class="note">{say.note}</p>
      <FiguresTable
        labelledBy="estimated"
        look="sum"
        columns={[words.ledger.stream, say.litres, say.weight, say.spoken]}
      >
        {STREAMS.flatMap((stream) => {
          const own = rows.filter((row) => row.stream === stream);
          if (own.length === 0) return [];
          return [
            <tr key={stream}>
              <th scope="row">
                <StreamChip stream={stream} word={words.stream[stream]} />
              </th>
              <td class="num">
                {words.ledger.mark.about(format.value('volume', sumOf(own, 'litres')))}
              </td>
              <td class="num">
                {own.some(({ kg }) => kg !== undefined)
                  ? words.ledger.mark.about(format.value('net', sumOf(own, 'kg')))
                  : say.noDensity}
              </td>
              <td class="num">{say.days(new Set(own.map(({ period }) => period)).size)}</td>
            </tr>,
          ];
        })}
      </FiguresTable>
    </section>
  );
}

const sumOf = (rows: readonly LedgerRowView[], of: 'kg' | 'litres'): number =>
  rows.reduce((sum, row) => sum + (row[of] ?? 0), 0);
