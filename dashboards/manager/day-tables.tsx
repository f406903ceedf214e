// One day's figures by station, and all days as a table: the charts again for who cannot see them.
import { StreamChip } from '../shared/stream-chip.tsx';
import { addDays } from '../shared/calendar.ts';
import { Step } from './period-picker.tsx';
import { dayName, type Sight } from './sight.ts';
import { ENOUGH, stateOf, STREAMS, type Day, type Figure, type Stream } from './tonnage.ts';

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
    </section>
  );
}

function DayRows({ day, sight }: { day: Day; sight: Sight }) {
  const { words, format, stationOf } = sight;
  const { columns, origin, revised } = words.review;
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
            <tr key={`${row.stream} ${row.station}`}>
              <th scope="row">
                <StreamChip stream={row.stream} word={words.stream[row.stream]} />
              </th>
              <td>{stationOf(row.station)}</td>
              <td class="num">{format.value('net', row.kg)}</td>
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
          ))}
        </tbody>
      </table>
    </div>
  );
}

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
                <th scope="row">{dayName(day.day, words)}</th>
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
      <td class={`num num--${state}`}>{format.tonnes(figure.kg)}</td>
      <td class="num">{format.tonnes(figure.lastYear?.kg)}</td>
      <td class="num">
        {figure.completeness < ENOUGH && '⚠ '}
        {format.percent(figure.completeness)}
      </td>
    </>
  );
}
