// The day's figures, of every station and stream: each leads to what it is made of.
import type { LedgerRowView } from '../../gateway/api/schemas.ts';
import { language } from '../shared/language.ts';
import { Quiet } from '../shared/quiet.tsx';
import { StreamChip } from '../shared/stream-chip.tsx';
import type { Chosen } from './day-page.tsx';
import { PartLink } from './ledger-parts.tsx';
import { dayPath, type Opened } from './opened-day.ts';
import { RowRemarks } from './row-remarks.tsx';
import type { Sight } from './sight.ts';
import { ENOUGH, reportedKg } from './tonnage.ts';

interface FiguresProps {
  readonly day: string;
  readonly rows: readonly LedgerRowView[];
  readonly opened: Opened;
  readonly chosen: Chosen | undefined;
  readonly sight: Sight;
}

export function DayFigures({ day, rows, opened, chosen, sight }: FiguresProps) {
  const say = sight.words.ledger.day;
  const shown = rows.filter(
    ({ station }) => opened.station === undefined || station === opened.station,
  );
  const isImported = shown.some(({ origin }) => origin === 'imported');
  return (
    <section aria-labelledby="day-figures">
      <h2 id="day-figures" class="section">
        {say.figures}
      </h2>
      {shown.length === 0 ? (
        <Quiet what={say.none} next={say.noneNext} />
      ) : (
        <>
          <p class="note">{say.figuresNote}</p>
          <div class="scroll" tabIndex={0} role="region" aria-labelledby="day-figures">
            <table class="figures figures--day">
              <FiguresHead sight={sight} />
              <tbody>
                {shown.map((row) => (
                  <FigureRow
                    key={`${row.stream} ${row.station} ${row.basis} ${row.origin} ${row.source}`}
                    day={day}
                    row={row}
                    isChosen={row.station === chosen?.station && row.stream === chosen?.stream}
                    sight={sight}
                  />
                ))}
              </tbody>
            </table>
          </div>
          {isImported && <p class="note">{say.imported}</p>}
        </>
      )}
    </section>
  );
}

function FiguresHead({ sight: { words } }: { sight: Sight }) {
  const { day, stream, station } = words.ledger;
  const names = [stream, station, day.basisName, day.kg, day.remarks];
  return (
    <thead>
      <tr>
        {[...names, day.standing, day.completeness, day.origin].map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface RowProps {
  readonly day: string;
  readonly row: LedgerRowView;
  readonly isChosen: boolean;
  readonly sight: Sight;
}

function FigureRow({ day, row, isChosen, sight }: RowProps) {
  const { words, format, stationOf } = sight;
  const { origin, revised } = words.review;
  const isPoor = row.completeness < ENOUGH;
  return (
    <tr class={isChosen ? 'figures__row figures__row--open' : 'figures__row'}>
      <th scope="row">
        <StreamChip stream={row.stream} word={words.stream[row.stream]} />
      </th>
      <td>{stationOf(row.station)}</td>
      <td>{words.ledger.day.basis[row.basis]}</td>
      <td class={isPoor ? 'num num--partial' : 'num'}>
        <Weight day={day} row={row} sight={sight} />
      </td>
      <td class="figures__remarks">
        <RowRemarks row={row} sight={sight} />
      </td>
      <td class="num">{format.value('net', row.standingKg)}</td>
      <td class="num">
        {isPoor && '⚠ '}
        {format.percent(row.completeness)}
      </td>
      <td>
        {origin[row.origin]}
        {row.source !== undefined && (
          <>
            {' · '}
            <bdi>{row.source}</bdi>
          </>
        )}
        {row.revision !== undefined && ` · ${revised(row.revision)}`}
      </td>
    </tr>
  );
}

function Weight({ day, row, sight }: Omit<RowProps, 'isChosen'>) {
  const { words, format, stationOf } = sight;
  const { station, stream, basis, origin, litres } = row;
  const kg = reportedKg(row);
  const amounts = [
    kg === undefined ? undefined : format.value('net', kg),
    litres === undefined ? undefined : format.value('volume', litres),
  ].filter((one) => one !== undefined);
  const isKnown = origin !== 'estimated';
  const text =
    amounts.map((one) => (isKnown ? one : words.ledger.mark.about(one))).join(' · ') ||
    words.unknown;
  if (origin === 'imported' || station === undefined) return <>{text}</>;
  const show = basis === 'deposited' ? 'deposits' : 'collections';
  const name = [stationOf(station), words.stream[stream], words.ledger.day.basis[basis], text];
  const href = dayPath(day, { station, stream, show, part: 'events', lang: language.value });
  return (
    <PartLink href={href} name={name.join(' ')}>
      {text}
    </PartLink>
  );
}
