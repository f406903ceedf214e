// The contract of everything that tells somebody outside. A notifier tells; whom and of what was
// decided before, and when to try again is decided by whoever asks it.
import type { Notice } from '../domain/notice.ts';
import type { Duration } from '../domain/time.ts';

/** What became of a notice. */
export type Told =
  | { readonly kind: 'told' }
  /** Perhaps later, no sooner than `after`. */
  | { readonly kind: 'try-later'; readonly why: string; readonly after?: Duration }
  /** The far side will not have this one, however often it is sent. */
  | { readonly kind: 'never'; readonly why: string };

/** No more than `most` within any such span: a limit of the far side's, kept by waiting. */
export interface Limit {
  readonly most: number;
  readonly within: Duration;
}

export const CHANNEL_KINDS = ['wecom', 'dingtalk', 'feishu', 'email', 'webhook', 'mqtt'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export interface Notifier {
  /** The id of its channel. */
  readonly id: string;
  readonly kind: ChannelKind;
  /** All of them hold; absent: as fast as it goes. */
  readonly limits?: readonly Limit[];
  /** How many notices it may be given while others are under way. */
  readonly atOnce: number;
  /**
   * Tells one notice. Telling it again must be recognisable as the same to the far side.
   * Never throws for what the far side says; every call ends within a bounded time.
   */
  tell(notice: Notice): Promise<Told>;
  /** Cuts short what is under way. */
  close(): void;
}
