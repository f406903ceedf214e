// What the API needs to know of what was thrown in and taken away, and of what people do on site.
import type { OnSiteAction } from '../domain/on-site.ts';
import type { Actor, Answer } from './desk.ts';
import type { OnSiteView, PlaceView, WeighedView } from './schemas-weighed.ts';

/** Newest first, from `offset` on; dates are the site's days, both ends belong to the span. */
export interface WeighedQuery {
  readonly kind: 'deposit' | 'collection';
  readonly from?: string;
  readonly to?: string;
  readonly station?: string;
  readonly asset?: string;
  readonly stream?: string;
  /** Also what was taken back. */
  readonly all?: boolean;
  readonly limit?: number;
  readonly offset?: number;
}

export interface OnSiteAsk {
  readonly id: string;
  readonly action: OnSiteAction;
  readonly body: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly key?: string;
}

export interface WeighedDesk {
  weighed(query: WeighedQuery): Promise<Answer<WeighedView[]>>;
  /** What stands at a place now. */
  place(asset: string): Answer<PlaceView>;
  onSite(ask: OnSiteAsk): Promise<Answer<PlaceView>>;
  /** What people did at a place, newest first. */
  placeHistory(
    asset: string,
    page: { limit?: number; offset?: number },
  ): Promise<Answer<OnSiteView[]>>;
}
