// What speaks for an alarm, frozen when it trips: the rule as it was then, what was known of the clock
// and of the device, and the samples before and after. Later changes of rules, names or clocks change
// nothing in it, and readings that are pruned later stay in it.
import type { AssetId, DeviceId } from './asset.ts';
import type { ClockState } from './clock-state.ts';
import type { Lag } from './lag.ts';
import type { Quantity } from './quantity.ts';
import type { RuleSettings } from './rule.ts';
import type { Latest } from './standing.ts';
import { later, minutes, hours, seconds, type Duration, type Instant } from './time.ts';

export interface Evidence {
  readonly alarm: string;
  readonly asset: AssetId;
  readonly raisedAt: Instant;
  readonly quantity?: Quantity;
  readonly value?: number;
  /** The rule in words, and as the site file had it. */
  readonly text: string;
  readonly rule?: RuleSettings;
  /** What was thought of our own clock. */
  readonly clock?: ClockState;
  readonly device?: DeviceThen;
  /** All that was known of the asset, with its doubts. */
  readonly latest: Readonly<Partial<Record<Quantity, Latest>>>;
  readonly before?: Samples;
  readonly after?: Samples;
  /** When there is more to add; absent where it is whole, and then it never changes again. */
  readonly due?: Instant;
}

interface DeviceThen extends Lag {
  readonly id: DeviceId;
  readonly link?: 'up' | 'down';
  readonly heardAt?: Instant;
}

export interface Samples {
  readonly takenAt: Instant;
  /** `late`: long after they were measured, so that what was pruned meanwhile is not in them. */
  readonly taken: 'in-time' | 'late';
  readonly step: Duration;
  /** [start of the step as epoch ms, min, mean, max, count]; steps without data are left out. */
  readonly points: readonly (readonly [number, number, number, number, number])[];
}

/** Two hours before and a quarter of an hour after: never more than 240 points. */
export const SPAN_BEFORE = hours(2);
export const SPAN_AFTER = minutes(15);
export const SAMPLE_STEP = seconds(36);
/** Taken later than this after it was due, samples are `late`. */
const IN_TIME = minutes(30);

/** The samples that are due next, and what is due after them. */
export const nextSamples = (evidence: Evidence): 'before' | 'after' =>
  evidence.before ? 'after' : 'before';

export function withSamples(evidence: Evidence, points: Samples['points'], now: Instant): Evidence {
  const { due, ...rest } = evidence;
  const isLate = now > later(due ?? evidence.raisedAt, IN_TIME);
  const samples: Samples = {
    takenAt: now,
    taken: isLate ? 'late' : 'in-time',
    step: SAMPLE_STEP,
    points,
  };
  if (evidence.before) return { ...rest, after: samples };
  return { ...rest, before: samples, due: later(evidence.raisedAt, SPAN_AFTER) };
}
