// Moments and spans. The ground floor knows no clock: every moment is handed in as an argument,
// so that a rule's test is a list of moments and a month can be replayed in a second.

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly is: 'instant' };

/** A span in milliseconds, never negative. Made only by the functions below. */
export type Duration = number & { readonly is: 'duration' };

/** Forgets a timer. Calling it twice, or after the timer ran, does nothing. */
export type Cancel = () => void;

/** The one way to the time of day, kept by the outermost floor or by a test's hand. */
export interface Clock {
  now(): Instant;
  /** Runs `task` once, no sooner than `delay` from now; measured on a clock that never jumps. */
  after(delay: Duration, task: () => void): Cancel;
}

/**
 * A clock that runs on from where it was set, whatever becomes of the machine's own time of day. Its
 * keeper alone sets it, and tells everybody who remembers a moment.
 */
export interface KeptClock extends Clock {
  /** The machine's own time of day, which anybody may set at any time. */
  wall(): Instant;
  /** Since some moment that never changes while the process lives; does not count its being asleep. */
  steady(): Duration;
  /** Puts our time of day forward, or back where negative. Whoever waits by `after` does not notice. */
  move(byMs: number): void;
}

export const instant = (epochMs: number): Instant => epochMs as Instant;
export const milliseconds = (count: number): Duration => count as Duration;
export const seconds = (count: number): Duration => milliseconds(count * 1000);
export const minutes = (count: number): Duration => seconds(count * 60);
export const hours = (count: number): Duration => minutes(count * 60);
export const days = (count: number): Duration => hours(count * 24);
export const FOREVER: Duration = milliseconds(Infinity);

export const later = (from: Instant, by: Duration): Instant => instant(from + by);
export const earlier = (from: Instant, by: Duration): Instant => instant(from - by);

/** Later, or earlier where negative: by how much a clock was off. */
export const moved = (moment: Instant, byMs: number): Instant => instant(moment + byMs);

/** The span from `since` to `until`; none where the clock went back in between. */
export const between = (since: Instant, until: Instant): Duration =>
  milliseconds(Math.max(0, until - since));

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const SPAN = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** Reads `500ms`, `90s`, `1.5h`, `7d`, to the millisecond; undefined for anything else. */
export function parseDuration(text: string): Duration | undefined {
  const match = SPAN.exec(text);
  if (!match) return undefined;
  return milliseconds(Math.round(Number(match[1]) * UNITS[match[2] as keyof typeof UNITS]));
}

/** The shortest text that `parseDuration` reads back: 90 s is `90s`, 120 s is `2m`. */
export function formatDuration(span: Duration): string {
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    if (span >= UNITS[unit] && span % UNITS[unit] === 0) return `${span / UNITS[unit]}${unit}`;
  }
  return span >= UNITS.s ? `${span / UNITS.s}s` : `${span}ms`;
}
