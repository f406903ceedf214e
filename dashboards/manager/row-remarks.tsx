import type { LedgerRowView } from '../../gateway/api/schemas.ts';
import { remarksOf, remarkText } from './remarks.ts';
import type { Sight } from './sight.ts';

/** A shape and words, for whoever sees no colour and for paper. */
export function RowRemarks({ row, sight }: { row: LedgerRowView; sight: Sight }) {
  return (
    <>
      {remarksOf(row).map((remark) => (
        <span key={remark} class={`remark remark--${remark}`}>
          {remarkText(row, remark, sight)}
        </span>
      ))}
    </>
  );
}
