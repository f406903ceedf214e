// What the loss ledger needs while the gateway runs: a line when a day is over, and, when nobody
// speaks any more, that the last drops are written down before the last word is.
import type { Desk } from '../api/desk.ts';
import type { WayIn } from '../flow/intake.ts';
import { createDayEnd } from '../flow/losses/loss-day-end.ts';
import type { CloseStack } from '../ops/close-stack.ts';
import { createFaultLog } from '../ops/fault-log.ts';
import type { Store } from '../store/log.ts';
import type { AppOptions } from './options.ts';

export interface LossParts {
  readonly options: AppOptions;
  readonly store: Pick<Store, 'audit'>;
  readonly desk: Pick<Desk, 'intakeDays'>;
  readonly intake: Pick<WayIn, 'finish'>;
}

export function keepLosses({ options, store, desk, intake }: LossParts, closing: CloseStack): void {
  const { site, clock, logger } = options;
  const dayEnd = createDayEnd({
    place: site.compound.place,
    clock,
    logger,
    days: desk.intakeDays,
    auditHead: store.audit.head,
    onFault: createFaultLog(logger, clock),
  });
  closing.push('what was dropped', () => intake.finish());
  dayEnd.start();
  closing.push('the line of the day', () => dayEnd.stop());
}
