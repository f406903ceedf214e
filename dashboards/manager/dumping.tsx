// Suspected dumping: each case with why, and at which hours of which station they happen. Nobody has
// seen any of it; the page says so.
import { language } from '../shared/language.ts';
import { siteTimeIn } from '../shared/site-time.ts';
import { dayPath } from './opened-day.ts';
import { dayName, type Sight } from './sight.ts';
import { heatOf, type Case } from './window-figures.ts';

interface CasesProps {
  readonly cases: readonly Case[];
  readonly binOf: (id: string) => string;
  readonly sight: Sight;
}

const MOST = 30;

export function DumpingCases({ cases, binOf, sight }: CasesProps) {
  const { words } = sight;
  const say = words.ledger.windows;
  return (
    <section aria-labelledby="cases">
      <h2 id="cases" class="section">
        {say.cases}
      </h2>
      {cases.length === 0 ? (
        <p class="none">{say.casesNone}</p>
      ) : (
        <>
          <p class="note">{say.meaning.dumping}</p>
          <ul class="cases">
            {cases.slice(0, MOST).map((one) => (
              <CaseLine key={`${one.asset} ${one.at}`} one={one} binOf={binOf} sight={sight} />
            ))}
          </ul>
          {cases.length > MOST && <p class="note">{say.casesMore(cases.length - MOST)}</p>}
        </>
      )}
    </section>
  );
}

interface LineProps extends Omit<CasesProps, 'cases'> {
  readonly one: Case;
}

function CaseLine({ one, binOf, sight }: LineProps) {
  const { words, format, stationOf } = sight;
  const { day, station, asset, at, kg, litres, why } = one;
  const amount =
    kg === undefined
      ? words.ledger.mark.about(format.value('volume', litres))
      : format.value('net', kg);
  const href = dayPath(day, { station, show: 'flagged', lang: language.value });
  return (
    <li class="case">
      <a class="part-link" href={href}>
        {dayName(day, words)} {format.clock(Date.parse(at))}
      </a>
      <span class="case__where">
        {stationOf(station)} · {binOf(asset)}
      </span>
      <b>{amount}</b>
      <span class="case__why">
        {why.map((reason) => (
          <span key={reason} class="remark">
            {words.ledger.windows.why[reason]}
          </span>
        ))}
      </span>
    </li>
  );
}

const DARKEST = 4;

export function HeatStrip({ cases, sight }: { cases: readonly Case[]; sight: Sight }) {
  const { words, zone, stationOf } = sight;
  const say = words.ledger.windows;
  const time = siteTimeIn(zone);
  const rows = heatOf(cases, (moment) => Math.floor(time.at(moment).minute / 60));
  return (
    <section aria-labelledby="heat">
      <h2 id="heat" class="section">
        {say.heat}
      </h2>
      <p class="note">{say.heatNote}</p>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="heat">
        <table class="heat">
          <thead>
            <tr>
              <th scope="col">{words.ledger.station}</th>
              {Array.from({ length: 24 }, (_, hour) => (
                <th key={hour} scope="col" aria-label={say.hour(hour)}>
                  {hour}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ station, hours }) => (
              <tr key={station}>
                <th scope="row">{stationOf(station)}</th>
                {hours.map((count, hour) => (
                  <td key={hour} class={`heat__cell heat__cell--${Math.min(DARKEST, count)}`}>
                    {count > 0 ? count : <span class="unseen">0</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
