// The bins of an opened figure: whether each balances, as a sentence that can be checked by hand, how
// well it was heard, and what its devices sent that is in no figure.
import type { LedgerDayView } from '../../gateway/api/schemas.ts';
import { wordFor } from '../shared/words.ts';
import { FiguresTable } from './figures-table.tsx';
import { balanceOf, type BinDay } from './opened-day.ts';
import { signedKg } from './remarks.ts';
import type { Sight } from './sight.ts';
import { ENOUGH } from './tonnage.ts';

type BinOf = (id: string) => string;

interface BalanceProps {
  readonly bins: readonly BinDay[];
  readonly binOf: BinOf;
  readonly sight: Sight;
}

export function BalanceLines({ bins, binOf, sight }: BalanceProps) {
  return (
    <>
      <h3 id="balance" class="section section--part" tabIndex={-1}>
        {sight.words.ledger.day.balance}
      </h3>
      <ul class="balances">
        {bins.map((bin) => {
          const { state } = balanceOf(bin);
          return (
            <li key={bin.asset} class={`balance balance--${state}`}>
              <b>{binOf(bin.asset)}</b> <span class="balance__words">{sentenceOf(bin, sight)}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function sentenceOf(bin: BinDay, { words, format }: Sight): string {
  const say = words.ledger.balance;
  const { state, expectedKg, measuredKg = 0 } = balanceOf(bin);
  const kg = (value: number): string => format.value('net', value);
  const signed = (value: number): string => (value < 0 ? signedKg(value, format) : kg(value));
  const change = say.change(kg(bin.inKg), kg(bin.outKg), signed(expectedKg));
  const tolerated = kg(bin.toleratedKg);
  if (state === 'unknown') return `? ${change} · ${say.unknown}`;
  const verdict =
    state === 'even'
      ? say.even(tolerated)
      : say.odd(signedKg(bin.unexplainedKg ?? 0, format), tolerated);
  const sign = state === 'even' ? '＝' : '≠';
  return `${sign} ${[change, say.measured(signed(measuredKg)), verdict].join(' · ')}`;
}

interface DayProps {
  readonly day: LedgerDayView;
  readonly sight: Sight;
}

const MOST_SPANS = 4;

export function BinTable({ day, binOf, sight }: DayProps & { readonly binOf: BinOf }) {
  const { words, format } = sight;
  const say = words.ledger.day;
  return (
    <>
      <h3 id="bins" class="section section--part" tabIndex={-1}>
        {say.bins}
      </h3>
      <FiguresTable
        labelledBy="bins"
        look="sum"
        columns={[say.bin, say.completeness, say.silent, say.stood]}
      >
        {day.bins.map((bin) => {
          const share = bin.heardMinutes / day.minutes;
          const heard = format.duration(bin.heardMinutes * 60);
          return (
            <tr key={bin.asset}>
              <th scope="row">{binOf(bin.asset)}</th>
              <td class={share < ENOUGH ? 'num num--partial' : 'num'}>
                {share < ENOUGH && '⚠ '}
                {say.heard(format.percent(share), heard)}
              </td>
              <td class="figures__remarks">{silentText(bin, sight)}</td>
              <td class="num">
                {format.value('net', bin.startKg)} → {format.value('net', bin.endKg)}
              </td>
            </tr>
          );
        })}
      </FiguresTable>
    </>
  );
}

function silentText({ silent }: BinDay, { words, format }: Sight): string {
  const say = words.ledger.day;
  if (silent.length === 0) return say.neverSilent;
  const spans = silent
    .slice(0, MOST_SPANS)
    .map(({ from, to }) => say.span(format.clock(Date.parse(from)), format.clock(Date.parse(to))));
  const more = silent.length > MOST_SPANS ? [say.silentMore(silent.length)] : [];
  return [...spans, ...more].join(words.people.separator);
}

export function ExcludedTable({ day, sight }: DayProps) {
  const { words, format } = sight;
  const say = words.ledger.day;
  return (
    <>
      <h3 id="excluded" class="section section--part" tabIndex={-1}>
        {say.excluded}
      </h3>
      {day.excluded.length === 0 ? (
        <p class="none">{say.excludedNone}</p>
      ) : (
        <FiguresTable
          labelledBy="excluded"
          look="sum"
          columns={[say.device, say.reason, say.count]}
        >
          {day.excluded.map(({ device, reason, count }) => (
            <tr key={`${device} ${reason}`}>
              <th scope="row">{device}</th>
              <td>{wordFor(words.reason, reason)}</td>
              <td class="num">{format.count(count)}</td>
            </tr>
          ))}
        </FiguresTable>
      )}
    </>
  );
}
