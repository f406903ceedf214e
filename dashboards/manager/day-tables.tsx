// One day's figures by station, and all days as a table: the charts again for who cannot see them.
import type { LedgerRowView } from '../../gateway/api/schemas.ts';
import { addDays } from '../shared/calendar.ts';
import { language } from '../shared/language.ts';
import { StreamChip } from '../shared/stream-chip.tsx';
import { dayPath } from './opened-day.ts';
import { Step } from './period-picker.tsx';
import { REMARKS, remarksOf, SIGNS } from './remarks.ts';
import { RowRemarks } from './row-remarks.tsx';
import { dayName, type Sight } from './sight.ts';
import {
  ENOUGH,
  reportedKg,
  stateOf,
  STREAMS,
  type Day,
  type Figure,
  type Stream,
} from './tonnage.ts';

interface DayPanelProps {
  readonly day: Day;
  readonly sight: Sight;
  /** Steps to a neighbouring day that is shown; undefined where there is none. */
  readonly goTo: (day: string) => (() => void) | undefined;
}

export function DayPanel({ day, sight, goTo }: DayPanelProps) {
  const { words } = sight;
  const { review } = words;
  const [before, after] = [goTo(addDays(day.day, -1)), goTo(addDays(day.day, 1))];
  return (
    <section class="day-panel" aria-labelledby="day-panel">
      <div class="day-panel__head">
        <Step name={review.dayBefore} sign="‹" disabled={!before} onClick={() => before?.()} />
        <h2 id="day-panel" class="section" aria-live="polite">
          {review.dayTitle(dayName(day.day, words))}
        </h2>
        <Step name={review.dayAfter} sign="›" disabled={!after} onClick={() => after?.()} />
      </div>
      {Object.keys(day.figures).length === 0 ? (
        <p class="day-panel__none hatched">{review.noFigure}</p>
      ) : (
        <DayRows day={day} sight={sight} />
      )}
      <p class="day-panel__open">
        <a class="part-link" href={dayPath(day.day, { lang: language.value })}>
          {words.ledger.day.open}
        </a>
      </p>
    </section>
  );
}

function DayRows({ day, sight }: { day: Day; sight: Sight }) {
  const { columns } = sight.words.review;
  const rows = STREAMS.flatMap((stream) => day.figures[stream]?.rows ?? []);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-labelledby="day-panel">
      <table class="figures">
        <thead>
          <tr>
            {[columns.stream, columns.station, columns.weight, columns.lastYear].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">{columns.completeness}</th>
            <th scope="col">{columns.origin}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <StationRow key={`${row.stream} ${row.station}`} row={row} sight={sight} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function StationRow({ row, sight }: { row: LedgerRowView; sight: Sight }) {
  const { words, format, stationOf } = sight;
  const { origin, revised } = words.review;
  return (
    <tr>
      <th scope="row">
        <StreamChip stream={row.stream} word={words.stream[row.stream]} />
      </th>
      <td>{stationOf(row.station)}</td>
      <td class="num">
        <a class="part-link" href={dayPath(row.period, { ...placeOf(row), lang: language.value })}>
          {format.value('net', reportedKg(row))}
        </a>
        <RowRemarks row={row} sight={sight} />
      </td>
      <td class="num">{format.value('net', row.lastYear?.kg)}</td>
      <td class="num">
        {row.completeness < ENOUGH && '⚠ '}
        {format.percent(row.completeness)}
      </td>
      <td>
        {origin[row.origin]}
        {row.source !== undefined && ` · ${row.source}`}
        {row.revision !== undefined && ` · ${revised(row.revision)}`}
      </td>
    </tr>
  );
}

const placeOf = ({ station, stream }: LedgerRowView) => ({ station, stream });

export function DayTable({ days, sight }: { days: readonly Day[]; sight: Sight }) {
  const { words, today } = sight;
  const { columns, chart } = words.review;
  const come = days.filter(({ day }) => day <= today).reverse();
  return (
    <details class="day-table">
      <summary class="day-table__name">{chart.table}</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={chart.table}>
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">{columns.day}</th>
              {(['wet', 'dry'] as const).map((stream) => [
                <th key={stream} scope="col">
                  {words.stream[stream]}
                </th>,
                <th key={`${stream}-last`} scope="col">
                  {columns.lastYear}
                </th>,
                <th key={`${stream}-whole`} scope="col">
                  {columns.completeness}
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {come.map((day) => (
              <tr key={day.day}>
                <th scope="row">
                  <a class="part-link" href={dayPath(day.day, { lang: language.value })}>
                    {dayName(day.day, words)}
                  </a>
                </th>
                <StreamCells day={day} stream="wet" sight={sight} />
                <StreamCells day={day} stream="dry" sight={sight} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function StreamCells({ day, stream, sight }: { day: Day; stream: Stream; sight: Sight }) {
  const { words, format, today } = sight;
  const figure: Figure | undefined = day.figures[stream];
  const state = stateOf(day, stream, today);
  if (!figure)
    return (
      <td class="num hatched" colSpan={3}>
        {words.review.states[state]}
      </td>
    );
  return (
    <>
      <td class={`num num--${state}`}>
        {marksOf(figure)}
        {format.tonnes(figure.kg)}
      </td>
      <td class="num">{format.tonnes(figure.lastYear?.kg)}</td>
      <td class="num">
        {figure.completeness < ENOUGH && '⚠ '}
        {format.percent(figure.completeness)}
      </td>
    </>
  );
}

/** Signs alone, as the table is narrow; the words stand where the day is opened. */
const marksOf = ({ rows }: Figure): string => {
  const found = new Set(rows.flatMap(remarksOf));
  const signs = REMARKS.filter((one) => found.has(one)).map((one) => SIGNS[one]);
  return signs.length === 0 ? '' : `${signs.join(' ')} `;
};
