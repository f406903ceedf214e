// The ledger's answer to the period that is looked at. A good answer stays on the screen until a better
// one comes, and says which period it was for, so that numbers never stand under another's name.
import { useEffect, useState } from 'preact/hooks';
import type { LedgerRowView } from '../../gateway/api/schemas.ts';
import { ask, type Outcome } from '../shared/gateway.ts';
import { shownAround, type Period } from './period.ts';

export interface LedgerAnswer {
  readonly path: string;
  /** The period that was asked about, and the days that its chart shows. */
  readonly period: Period;
  readonly shown: Period;
  readonly rows: readonly LedgerRowView[];
}

interface AskedLedger {
  /** The last good answer: it stays until a better one comes. */
  readonly answer: LedgerAnswer | undefined;
  readonly failure: Extract<Outcome<never>, { ok: false }> | undefined;
  /** Whether the answer is one to this period. */
  readonly isAnswered: boolean;
}

export const ledgerPath = ({ from, to }: Period, kind: '' | '.csv' | '.xlsx'): string =>
  `/api/v1/ledger${kind}?from=${from}&to=${to}&by=day&compare=last-year`;

/** Asks again when the period or `round` changes. */
export function useLedger(period: Period, round: number): AskedLedger {
  const [answer, setAnswer] = useState<LedgerAnswer>();
  const [failure, setFailure] = useState<AskedLedger['failure']>();
  const shown = shownAround(period);
  const path = ledgerPath(shown, '');
  useEffect(() => {
    let wanted = true;
    const fetchIt = async (): Promise<void> => {
      const outcome = await ask<LedgerRowView[]>(path);
      if (!wanted) return;
      setFailure(outcome.ok ? undefined : outcome);
      if (outcome.ok) setAnswer({ path, period, shown, rows: outcome.value });
    };
    void fetchIt();
    return () => {
      wanted = false;
    };
  }, [path, period.from, round]);
  const isAnswered = answer?.path === path && answer.period.from === period.from;
  return { answer, failure, isAnswered };
}
