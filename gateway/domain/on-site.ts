// What people do at the place itself: they empty a bin, weigh it, put another one there, change the
// hardware. Each is an entry in the place's history, under the sequence of the command that it was.
import type { Happening } from './happening.ts';
import type { Instant } from './time.ts';

/** By whoever empties; told as a collection, not in the place's history. */
export const COLLECTION_ACTIONS = ['collected', 'not-collected'] as const;
/** By whoever keeps the hardware. */
export const SITE_ACTIONS = ['tare', 'swap', 'change-device', 'take-out', 'put-back'] as const;
export const ON_SITE_ACTIONS = [...COLLECTION_ACTIONS, ...SITE_ACTIONS] as const;
export type SiteAction = (typeof SITE_ACTIONS)[number];
export type OnSiteAction = (typeof ON_SITE_ACTIONS)[number];

export const isOnSite = (action: string): action is OnSiteAction =>
  (ON_SITE_ACTIONS as readonly string[]).includes(action);

/** The body of a Happening of the kind `on-site`. */
export interface OnSiteEntry {
  readonly action: SiteAction;
  readonly by: string;
  readonly role: string;
  readonly note?: string;
  readonly reason?: string;
  readonly container?: string;
  readonly from?: string;
  readonly to?: string;
  readonly tareBeforeKg?: number;
  readonly tareKg?: number;
}

export const onSiteEntry = ({ body }: Happening): OnSiteEntry => body as unknown as OnSiteEntry;

/** Whoever tapped by mistake may say so for as long. */
export const UNTAP_WITHIN_MIN = 15;

/** The tap that a `not-collected` takes back, where it still may. */
export const mayUntap = (tappedAt: Instant | undefined, now: Instant): boolean =>
  tappedAt !== undefined && now - tappedAt <= UNTAP_WITHIN_MIN * 60_000;
