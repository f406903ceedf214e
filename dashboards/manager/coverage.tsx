// Where a ticket would reach nobody: buildings without a steward, teams without anybody on duty.
import type { CoverageView } from '../../gateway/api/schemas.ts';
import { pathTo } from '../shared/language.ts';
import { useAsked } from '../shared/use-asked.ts';
import type { Sight } from './sight.ts';

interface CoverageProps {
  /** Another one asks again. */
  readonly round: number;
  readonly keepers: 'yes' | 'no';
  readonly sight: Sight;
}

export function Coverage({ round, keepers, sight: { words } }: CoverageProps) {
  const asked = useAsked<CoverageView>('/api/v1/coverage', round);
  if (!asked?.ok) return null;
  const say = words.work.coverage;
  const { buildingsWithoutSteward: bare, teams } = asked.value;
  const named = (some: CoverageView['teams']): string =>
    some.map(({ team }) => words.team[team]).join(words.people.separator);
  const empty = teams.filter((one) => one.isEmptyAllWeek);
  const nobody = teams.filter((one) => one.onDutyNow.length === 0 && !one.isEmptyAllWeek);
  const isFine = bare.length === 0 && empty.length === 0 && nobody.length === 0;
  return (
    <section class="work" aria-labelledby="coverage">
      <h2 id="coverage" class="section">
        {say.title}
      </h2>
      {isFine && <p class="work__note">{say.fine}</p>}
      <ul class="coverage">
        {empty.length > 0 && <li>◆ {say.emptyWeek(named(empty))}</li>}
        {nobody.length > 0 && <li>◇ {say.nobodyNow(named(nobody))}</li>}
        {bare.length > 0 && (
          <li>
            ◆ {say.noSteward(bare.length)}
            <span class="coverage__names">
              {bare.map(({ name }) => name).join(words.people.separator)}
            </span>
          </li>
        )}
      </ul>
      {!isFine && keepers === 'yes' && (
        <a class="link" href={pathTo('/people')}>
          {say.fix} →
        </a>
      )}
    </section>
  );
}
