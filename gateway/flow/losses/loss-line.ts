// A day in one sentence: `2026-11-22: 17,280 heard, 17,280 stored, 0 lost`, or what was.
import type { LossRow } from '../../domain/loss.ts';

export interface LineParts {
  readonly day: string;
  readonly heard: number;
  readonly stored: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly lost: Readonly<Record<string, number>>;
  readonly noted: Readonly<Record<string, number>>;
  readonly lostInAll: number;
  readonly losses: readonly LossRow[];
}

/** Named in the sentence; the others are counted. */
const NAMED = 3;

export function lineOf({
  day,
  heard,
  stored,
  rejected,
  lost,
  lostInAll,
  ...rest
}: LineParts): string {
  const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
  const reasons = byCount(lost).map(
    ([reason, count]) => `${grouped(count)} ${reason}${named(reason, rest.losses)}`,
  );
  const silent = rest.noted['silence'] ?? 0;
  return [
    `${day}: ${grouped(heard)} heard, ${grouped(stored)} stored`,
    refused > 0
      ? `, ${grouped(refused)} rejected (${byCount(rejected).map(counted).join(', ')})`
      : '',
    `, ${grouped(lostInAll)} lost`,
    reasons.length > 0 ? `: ${reasons.join(', ')}` : '',
    silent > 0 ? `; ${grouped(silent)} awaited in vain${named('silence', rest.losses)}` : '',
  ].join('');
}

/** Which, where a few words can say it. */
function named(reason: string, losses: readonly LossRow[]): string {
  const rows = losses.filter((row) => row.reason === reason && row.device !== undefined);
  const words = [...new Set(rows.map(reason === 'gap' ? gapWords : ({ device = '' }) => device))];
  if (words.length === 0) return '';
  const more = words.length - NAMED;
  const shown = words.slice(0, NAMED).join(', ');
  return ` (${shown}${more > 0 ? ` and ${grouped(more)} more` : ''})`;
}

function gapWords({ device = '', firstSeq = 0, lastSeq = 0, count, why }: LossRow): string {
  const span = firstSeq === lastSeq ? `${firstSeq}` : `${firstSeq}…${lastSeq}`;
  const width = ((lastSeq - firstSeq + 0x1_0000) % 0x1_0000) + 1;
  const part = width === count ? '' : `${grouped(count)} of `;
  return `${device} ${part}${span}${why === undefined ? '' : ` ${WHY[why]}`}`;
}

const WHY = {
  'gateway-off': 'while the gateway was off',
  'source-down': 'while the line was down',
} as const;

const byCount = (counts: Readonly<Record<string, number>>): [string, number][] =>
  Object.entries(counts).toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));

const counted = ([reason, count]: [string, number]): string => `${grouped(count)} ${reason}`;

const grouped = (count: number): string => count.toLocaleString('en-US');
