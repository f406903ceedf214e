// What only paper needs: which place and period this is and when it was made, what the numbers mean,
// and a line to sign on.
import { siteTimeIn } from '../shared/site-time.ts';
import type { Sight } from './sight.ts';

interface PrintHeadProps {
  readonly site: string;
  readonly period: string;
  readonly sight: Sight;
}

export function PrintHead({ site, period, sight }: PrintHeadProps) {
  const { words, zone, now } = sight;
  const { date, clock } = siteTimeIn(zone).at(now);
  return (
    <div class="paper paper__head">
      <b>
        {site} · {words.review.title}
      </b>
      <span>{period}</span>
      <span>{words.review.print.made(`${date} ${clock}`)}</span>
    </div>
  );
}

export function PrintFoot({ sight: { words } }: { sight: Sight }) {
  const { meaning, print, kpi } = words.review;
  return (
    <div class="paper paper__foot">
      <p>
        {kpi.wet} / {kpi.dry}: {meaning.tonnage} {kpi.share}: {meaning.share} {kpi.completeness}:{' '}
        {meaning.completeness} {meaning.aligned}
      </p>
      <p class="paper__sign">
        {print.sign.map((who) => (
          <span key={who}>{who}</span>
        ))}
      </p>
    </div>
  );
}
