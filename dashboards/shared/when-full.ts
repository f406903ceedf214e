// When a bin will be full, in words: a range where the forecast has one, nothing where it is no better
// than a guess or the bin is not filling. Rounded outwards to five minutes: no rhythm knows the minute.
import type { AssetView } from '../../gateway/api/schemas.ts';
import type { Format } from './format.ts';
import type { Words } from './words.ts';

type Forecast = NonNullable<AssetView['timeToFull']>;

interface Tongue {
  readonly words: Words;
  readonly format: Format;
  /** By the gateway's clock. */
  readonly now: number;
}

const STEP_MS = 5 * 60_000;
/** Beyond that a clock alone could be read as today's. */
const CLOCK_WITHIN_MS = 18 * 3_600_000;

/** undefined where nothing can be said that somebody should walk for. */
export function whenFull(
  forecast: Forecast | undefined,
  { words, format, now }: Tongue,
): string | undefined {
  if (forecast?.at === undefined || forecast.reliability === 'low') return undefined;
  const say = words.onSite.full;
  const at = Date.parse(forecast.at);
  const from = down(Date.parse(forecast.fromAt ?? forecast.at));
  const to = up(Date.parse(forecast.toAt ?? forecast.at));
  if (to <= now) return say.anyTime;
  if (to - now > CLOCK_WITHIN_MS) return say.about(format.moment(up(at), now));
  if (from <= now) return say.by(format.clock(to));
  return from === to
    ? say.about(format.clock(at))
    : say.between(format.clock(from), format.clock(to));
}

/** The moment to go by, where it is known well enough to put bins in an order. */
export const fullAt = (forecast: Forecast | undefined): number =>
  forecast?.at === undefined || forecast.reliability === 'low' ? Infinity : Date.parse(forecast.at);

const down = (moment: number): number => Math.floor(moment / STEP_MS) * STEP_MS;
const up = (moment: number): number => Math.ceil(moment / STEP_MS) * STEP_MS;
