// What is remarkable of a row of the ledger, as people should hear of it: put right by somebody, waiting
// for a second person, not in balance, far from what its weekday usually has. Pure.
import type { LedgerRowView } from '../../gateway/api/schemas.ts';
import type { Format } from '../shared/format.ts';
import type { Words } from '../shared/words.ts';
import { STREAMS, type Day } from './tonnage.ts';

export const REMARKS = ['unbalanced', 'unusual', 'pending', 'corrected'] as const;
export type Remark = (typeof REMARKS)[number];

export interface Remarked {
  readonly row: LedgerRowView;
  readonly remarks: readonly Remark[];
}

export function remarksOf(row: LedgerRowView): Remark[] {
  const has: Record<Remark, boolean> = {
    unbalanced: (row.unbalancedKg ?? 0) !== 0,
    unusual: row.unusual !== undefined,
    pending: (row.pending ?? 0) > 0,
    corrected: (row.correctedKg ?? 0) !== 0,
  };
  return REMARKS.filter((one) => has[one]);
}

/** Newest day first; only rows of which there is something to say. */
export const remarkedIn = (days: readonly Day[]): Remarked[] =>
  days
    .flatMap(rowsOf)
    .map((row) => ({ row, remarks: remarksOf(row) }))
    .filter(({ remarks }) => remarks.length > 0)
    .reverse();

export const rowsOf = ({ figures, estimated }: Day): LedgerRowView[] => [
  ...STREAMS.flatMap((stream) => figures[stream]?.rows ?? []),
  ...estimated,
];

/** A shape beside the words; of a jump and a drop the words' own shows which way. */
export const SIGNS: Readonly<Record<Remark, string>> = {
  unbalanced: '≠',
  unusual: '↕',
  pending: '…',
  corrected: '✎',
};

/** “+5.0 kg”, “−12.5 kg”: what is added and what is taken off must not look alike. */
export function signedKg(kg: number, format: Pick<Format, 'value'>): string {
  const size = format.value('net', Math.abs(kg));
  return `${kg < 0 ? '−' : '+'}${size}`;
}

export function remarkText(
  row: LedgerRowView,
  remark: Remark,
  { words, format }: { readonly words: Words; readonly format: Format },
): string {
  const { mark } = words.ledger;
  switch (remark) {
    case 'unbalanced':
      return `${SIGNS.unbalanced} ${mark.unbalanced(format.value('net', Math.abs(row.unbalancedKg ?? 0)))}`;
    case 'pending':
      return `${SIGNS.pending} ${mark.pending(row.pending ?? 0)}`;
    case 'corrected':
      return `${SIGNS.corrected} ${mark.corrected(signedKg(row.correctedKg ?? 0, format))}`;
    case 'unusual': {
      const { kind = 'jump', usualKg = 0, weeks = 0 } = row.unusual ?? {};
      const sign = kind === 'jump' ? '↑' : '↓';
      return `${sign} ${mark[kind](format.value('net', usualKg), weeks)}`;
    }
  }
}
