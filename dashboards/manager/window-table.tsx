// Each day of each station: its windows, how much of them was used, and what should be nought.
import type { WindowDayView } from '../../gateway/api/schemas.ts';
import { language } from '../shared/language.ts';
import { FiguresTable } from './figures-table.tsx';
import { dayPath } from './opened-day.ts';
import { dayName, type Sight } from './sight.ts';
import { fullMinutesOf } from './window-figures.ts';

interface TableProps {
  readonly days: readonly WindowDayView[];
  readonly binOf: (id: string) => string;
  readonly sight: Sight;
}

export function WindowTable({ days, binOf, sight }: TableProps) {
  const { words } = sight;
  const { columns, table } = words.ledger.windows;
  const names = [
    columns.day,
    words.ledger.station,
    columns.windows,
    columns.used,
    columns.deposits,
    columns.offHours,
    columns.dumping,
    columns.full,
  ];
  return (
    <section aria-labelledby="window-table">
      <h2 id="window-table" class="section">
        {table}
      </h2>
      <FiguresTable labelledBy="window-table" look="windows" columns={names}>
        {days.map((day) => (
          <Row key={`${day.day} ${day.station}`} day={day} binOf={binOf} sight={sight} />
        ))}
      </FiguresTable>
    </section>
  );
}

interface RowProps extends Omit<TableProps, 'days'> {
  readonly day: WindowDayView;
}

function Row({ day, binOf, sight }: RowProps) {
  const { words, format, stationOf } = sight;
  const say = words.ledger.windows;
  const clock = (at: string): string => format.clock(Date.parse(at));
  const href = dayPath(day.day, { station: day.station, lang: language.value });
  return (
    <tr>
      <th scope="row">
        <a class="part-link" href={href}>
          {dayName(day.day, words)}
        </a>
      </th>
      <td>{stationOf(day.station)}</td>
      <td class="windows__hours">
        {day.windows.length === 0
          ? say.always
          : day.windows.map(({ from, to }) => (
              <span key={from}>{`${clock(from)}–${clock(to)}`}</span>
            ))}
      </td>
      <td class="num">
        {format.percent(day.used)}
        {day.used !== undefined && (
          <span class="used" aria-hidden="true">
            <span class="used__bar" style={{ width: `${Math.round(day.used * 100)}%` }} />
          </span>
        )}
      </td>
      <td class="num">
        {say.times(day.deposits)} · {format.value('net', day.kg)}
      </td>
      <Counted {...day.offHours} sight={sight} />
      <Counted {...day.dumping} sight={sight} />
      <FullCell day={day} binOf={binOf} sight={sight} />
    </tr>
  );
}

/** Nought is the aim, and stays grey. */
function Counted({ count, kg, sight }: { count: number; kg: number; sight: Sight }) {
  const say = sight.words.ledger.windows;
  if (count === 0) return <td class="num num--nought">0</td>;
  return (
    <td class="num num--odd">
      {say.times(count)} · {sight.format.value('net', kg)}
    </td>
  );
}

function FullCell({ day, binOf, sight: { format } }: RowProps) {
  const minutes = fullMinutesOf(day);
  if (minutes === 0) return <td class="num num--nought">0</td>;
  return (
    <td class="num num--odd">
      {day.full
        .filter((one) => one.minutes > 0)
        .map((one) => (
          <span key={one.asset} class="windows__full">
            <span class="windows__bin">{binOf(one.asset)}</span> {format.duration(one.minutes * 60)}
          </span>
        ))}
    </td>
  );
}
