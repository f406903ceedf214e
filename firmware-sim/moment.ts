// Spans and the local day. Moments are milliseconds since 1970 (UTC) and are always handed in.

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Hours since local midnight, 0 up to 24. China has kept one offset all year since 1991. */
export const hourOfDay = (at: number, utcOffsetHours: number): number =>
  modulo(at + utcOffsetHours * HOUR, DAY) / HOUR;

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

const SPANS = { ms: 1, s: SECOND, m: MINUTE, h: HOUR } as const;

/** Reads `500ms`, `5s`, `2m`, `1h`; undefined for anything else, and for nothing at all. */
export function readSpan(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  const span = Number(match?.[1]) * SPANS[(match?.[2] ?? 's') as keyof typeof SPANS];
  return span > 0 ? span : undefined;
}
