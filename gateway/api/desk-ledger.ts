// What is asked of the books behind the ledger's figures.
import type { Actor, Answer } from './desk.ts';
import type {
  CorrectionView,
  LedgerDayView,
  NextBinView,
  WindowDayView,
} from './schemas-ledger.ts';

export interface CorrectionAsk {
  readonly body: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly key?: string;
}

export interface LedgerBookDesk {
  /** Newest first. */
  corrections(query: {
    readonly state?: CorrectionView['state'];
    readonly station?: string;
    readonly limit?: number;
    readonly offset?: number;
  }): Promise<CorrectionView[]>;
  askCorrection(ask: CorrectionAsk): Promise<Answer<CorrectionView>>;
  decideCorrection(
    ask: CorrectionAsk & { readonly id: string; readonly action: 'approve' | 'refuse' },
  ): Promise<Answer<CorrectionView>>;
  /** What one figure is made of. */
  ledgerDay(of: {
    readonly day: string;
    readonly station: string;
    readonly stream: string;
  }): Promise<Answer<LedgerDayView>>;
  /** Per day and station, the newest first; dates or instants, as the ledger's. */
  windows(query: {
    readonly from?: string;
    readonly to?: string;
    readonly station?: string;
  }): Promise<Answer<WindowDayView[]>>;
  /** The fullest first, then by when they will be full. */
  nextBins(): NextBinView[];
}
