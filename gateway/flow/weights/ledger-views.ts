// The ledger's books as the API shows them.
import type { CorrectionView, WindowDayView } from '../../api/schemas.ts';
import type { CorrectedDay, Correction } from '../../domain/correction.ts';
import type { Suspect } from '../../domain/suspect.ts';
import type { UsedDay } from '../../review/window-days.ts';
import { iso } from '../views.ts';

export function correctionView(correction: Correction & CorrectedDay): CorrectionView {
  const { at, decidedAt, key: _, ...rest } = correction;
  return { ...rest, at: iso(at), ...(decidedAt !== undefined && { decidedAt: iso(decidedAt) }) };
}

export const windowDayView = ({ windows, dumping, ...day }: UsedDay): WindowDayView => ({
  ...day,
  offHours: { ...day.offHours },
  full: day.full.map((one) => ({ ...one })),
  windows: windows.map(({ start, end }) => ({ from: iso(start), to: iso(end) })),
  dumping: { ...dumping, cases: dumping.cases.map(suspectView) },
});

const suspectView = ({ at, why, ...rest }: Suspect): WindowDayView['dumping']['cases'][number] => ({
  ...rest,
  at: iso(at),
  why: [...why],
});
