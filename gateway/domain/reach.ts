// How a person wants to be reached, and when anybody wants to be left alone.
import type { Severity } from './alarm.ts';

/** In the site's hours, each day; from and to the same: never quiet. What is of high severity goes through. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** How a person wants to be reached, in their own words or their manager's. */
export interface Reach {
  readonly channel: string;
  readonly to?: string;
  readonly severities?: readonly Severity[];
  readonly quiet?: QuietHours;
}

export const DEFAULT_QUIET: QuietHours = { fromMinute: 21 * 60, toMinute: 7 * 60 };
