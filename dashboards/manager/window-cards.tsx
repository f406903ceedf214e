// The four numbers of the windows, each with its aim and what it means.
import type { WindowDayView } from '../../gateway/api/schemas.ts';
import { Card } from './kpi-row.tsx';
import type { Sight } from './sight.ts';
import { totalsOf } from './window-figures.ts';

export function WindowCards({ days, sight }: { days: readonly WindowDayView[]; sight: Sight }) {
  const { words, format } = sight;
  const say = words.ledger.windows;
  const { used, slots, usedSlots, deposits, kg, offHours, dumping, fullMinutes } = totalsOf(days);
  const weight = (of: number): string => format.value('net', of);
  const told = `${words.ledger.day.basis.deposited} ${say.times(deposits)} · ${weight(kg)}`;
  const cards = [
    { kpi: 'used', value: format.percent(used), lines: [say.slots(usedSlots, slots), told] },
    {
      kpi: 'offHours',
      value: say.times(offHours.count),
      lines: [weight(offHours.kg), say.target],
    },
    { kpi: 'dumping', value: say.times(dumping.count), lines: [weight(dumping.kg), say.target] },
    { kpi: 'full', value: format.duration(fullMinutes * 60), lines: [say.target] },
  ] as const;
  return (
    <div class="kpis">
      {cards.map(({ kpi, value, lines }) => (
        <Card
          key={kpi}
          name={say.kpi[kpi]}
          value={value}
          trust="good"
          lines={lines}
          meaning={[say.meaning[kpi]]}
          sight={sight}
        />
      ))}
    </div>
  );
}
