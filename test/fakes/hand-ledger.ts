// The ledger's books of the small compound, filled by hand: corrections that wait for a second person, a
// day opened up, windows, and the order in which bins fill.
import type { Answer, LedgerBookDesk } from '../../gateway/api/desk.ts';
import type {
  CorrectionView,
  LedgerDayView,
  NextBinView,
  WindowDayView,
} from '../../gateway/api/schemas.ts';

export interface HandLedger extends LedgerBookDesk {
  putWindows(...days: readonly WindowDayView[]): void;
  putNextBins(...bins: readonly NextBinView[]): void;
  putLedgerDay(day: LedgerDayView): void;
}

const missing = (what: string): Answer<never> => ({
  ok: false,
  status: 404,
  title: `No such ${what}`,
  detail: `there is no such ${what}`,
});

export function handLedger(): HandLedger {
  const corrections: CorrectionView[] = [];
  const days: LedgerDayView[] = [];
  let windows: readonly WindowDayView[] = [];
  let bins: readonly NextBinView[] = [];
  const newest = ({ state }: { state?: string | undefined }): CorrectionView[] =>
    corrections.filter((one) => state === undefined || one.state === state).toReversed();
  return {
    putWindows: (...told) => void (windows = told),
    putNextBins: (...told) => void (bins = told),
    putLedgerDay: (day) => void days.push(day),
    corrections: async (query) => newest(query),
    async askCorrection({ body, actor }) {
      const asked = body as Pick<CorrectionView, 'day' | 'stream' | 'station' | 'basis' | 'kg'>;
      const value: CorrectionView = {
        ...asked,
        id: `${asked.day}.${asked.stream}.${asked.station}.${corrections.length + 1}`,
        reason: String(body['reason']),
        by: actor.by,
        at: '2026-11-22T02:00:00.000Z',
        state: 'pending',
      };
      corrections.push(value);
      return { ok: true, value };
    },
    async decideCorrection({ id, action, actor }) {
      const index = corrections.findIndex((one) => one.id === id);
      const before = corrections[index];
      if (!before) return missing('correction');
      if (before.by === actor.by)
        return { ok: false, status: 403, title: 'Two people', detail: 'you asked for it yourself' };
      const state = action === 'approve' ? ('approved' as const) : ('refused' as const);
      const value = { ...before, state, decidedBy: actor.by };
      corrections[index] = value;
      return { ok: true, value };
    },
    async ledgerDay({ day, station, stream }) {
      const found = days.find(
        (one) => one.day === day && one.station === station && one.stream === stream,
      );
      return found ? { ok: true, value: found } : missing('day of the ledger');
    },
    windows: async ({ station }) => ({
      ok: true,
      value: windows.filter((one) => station === undefined || one.station === station),
    }),
    nextBins: () => [...bins],
  };
}
