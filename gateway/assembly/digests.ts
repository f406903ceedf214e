// Managers' digests while the gateway runs.
import type { Desk } from '../api/desk.ts';
import { siteDays } from '../domain/day.ts';
import type { Standing } from '../domain/standing.ts';
import { createDigests } from '../flow/letters/digests.ts';
import type { Fold } from '../flow/fold.ts';
import type { CloseStack } from '../ops/close-stack.ts';
import { createFaultLog } from '../ops/fault-log.ts';
import type { Store } from '../store/log.ts';
import type { AppOptions } from './options.ts';

export interface DigestHouse {
  readonly options: AppOptions;
  readonly store: Pick<Store, 'log' | 'books'>;
  readonly desk: Pick<Desk, 'ledger' | 'intakeDays'>;
  readonly standing: Standing;
  readonly fold: Pick<Fold, 'settled'>;
}

export function keepDigests(house: DigestHouse, closing: CloseStack): void {
  const { options, store, desk, standing, fold } = house;
  const { site, clock, logger } = options;
  const { place } = site.compound;
  const digests = createDigests({
    ...store,
    ...desk,
    place,
    clock,
    standing,
    settings: site.notices,
    days: siteDays(place),
    settled: (sequence) => fold.settled(sequence),
    onFault: createFaultLog(logger, clock),
  });
  digests.start();
  closing.push('digests', () => digests.stop());
}
