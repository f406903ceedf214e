// How a bin fills, as its view says it: when it will be full, and whether it should have been emptied.
import type { AssetView, TimeToFullView } from '../../api/schemas.ts';
import type { Compound } from '../../domain/asset.ts';
import { isInService } from '../../domain/container.ts';
import { siteDays, type SiteDays } from '../../domain/day.ts';
import { fullLimits } from '../../domain/full-limit.ts';
import { hoursOfWeek } from '../../domain/hour-of-week.ts';
import type { RuleSettings } from '../../domain/rule.ts';
import type { Standing } from '../../domain/standing.ts';
import { missedCollection, timeToFull, type TimeToFull } from '../../domain/time-to-full.ts';
import { instant, type Instant } from '../../domain/time.ts';

interface Scene {
  readonly compound: Compound;
  readonly rules: ReadonlyMap<string, RuleSettings>;
  readonly standing: Standing;
}

type HowItFills = Pick<AssetView, 'timeToFull' | 'missedCollection' | 'collectedAt'>;

/** What an asset's view says of how it fills; no forecast for what is no bin or has no rhythm yet. */
export function fillingView(
  { standing, compound, rules }: Scene,
  { id }: { readonly id: string },
  now: Instant,
): HowItFills {
  const last = collectedAt(standing, id);
  return {
    ...forecastOf({ standing, compound, rules }, id, now),
    ...(last !== undefined && { collectedAt: iso(last) }),
  };
}

/** Whether it was taken out on site. */
export function serviceView(
  { containers }: Pick<Standing, 'containers'>,
  id: string,
): Pick<AssetView, 'outOfService'> {
  const place = containers.get(id);
  if (!place || isInService(place)) return {};
  const { since, reason } = place;
  return { outOfService: { since: iso(since), ...(reason !== undefined && { reason }) } };
}

/** What was told last; what was told and taken back is not among it. */
function collectedAt({ containers, rhythms }: Standing, id: string): Instant | undefined {
  const told = [containers.get(id)?.collection?.at, rhythms.get(id)?.collections.at(-1)];
  const known = told.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : instant(Math.max(...known));
}

function forecastOf(
  { standing, compound, rules }: Scene,
  id: string,
  now: Instant,
): Omit<HowItFills, 'collectedAt'> {
  const rhythm = standing.rhythms.get(id);
  const latest = rhythm && standing.assets.get(id)?.latest[rhythm.quantity];
  const limit = rhythm && fullLimits(rules.values(), { id })[rhythm.quantity];
  if (!rhythm || !latest) return {};
  const { days, hourOfWeek } = calendarOf(compound.place);
  const asked = { level: latest.value, limit: limit ?? 0, now, hourOfWeek };
  const forecast = limit === undefined ? undefined : timeToFull(rhythm, asked);
  const missed = missedCollection(rhythm.collections, { now, today: days.at(now) });
  return {
    ...(forecast && { timeToFull: forecastView(forecast) }),
    ...(missed && { missedCollection: { expectedBy: iso(missed.expectedBy) } }),
  };
}

const forecastView = ({ at, fromAt, toAt, reliability }: TimeToFull): TimeToFullView => ({
  ...(at !== undefined && { at: iso(at) }),
  ...(fromAt !== undefined && { fromAt: iso(fromAt) }),
  ...(toAt !== undefined && { toAt: iso(toAt) }),
  reliability,
});

type Place = Compound['place'];
interface Calendar {
  readonly days: SiteDays;
  readonly hourOfWeek: (at: Instant) => number;
}

const calendars = new WeakMap<Place, Calendar>();

/** Made once for each site: its days and hours are asked for with every look at a bin. */
function calendarOf(place: Place): Calendar {
  const known = calendars.get(place);
  if (known) return known;
  const made = { days: siteDays(place), hourOfWeek: hoursOfWeek(place.zone) };
  calendars.set(place, made);
  return made;
}

const iso = (moment: Instant): string => new Date(moment).toISOString();
