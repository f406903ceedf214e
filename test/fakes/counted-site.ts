// The small site's loss ledger, fed by hand: lamps that number their words, and what became of them.
import type { Entry, RejectionEntry } from '../../gateway/domain/record.ts';
import type { LossRow } from '../../gateway/domain/loss.ts';
import { instant, type Instant } from '../../gateway/domain/time.ts';
import { foldedSite, reading } from './folded-site.ts';
import { memoryLosses } from './memory-losses.ts';
import { SMALL_SITE } from './small-site.ts';

export const frameOf = (device: string, at: Instant, seq?: number): Entry => ({
  ...reading({ asset: device, quantity: 'power', value: 28, at }),
  ...(seq !== undefined && { seq }),
});

export const refused = (
  reason: RejectionEntry['reason'],
  at: Instant,
  more: Partial<RejectionEntry> = {},
): Entry => ({ kind: 'rejection', source: 'lights-line', reason, receivedAt: at, ...more });

export function countedSite() {
  const site = foldedSite({ ...SMALL_SITE, rules: [] });
  const store = memoryLosses();
  const take = (): void => {
    const { intake } = site.standing.takeChanges();
    if (intake) store.save(intake);
  };
  return {
    ...site,
    hears: (device: string, at: Instant, seq?: number) => site.fold(frameOf(device, at, seq)),
    rows: async (): Promise<LossRow[]> => {
      take();
      const all = { from: instant(0), to: instant(9e15), limit: 1e6, offset: 0 };
      return (await store.losses(all)).toReversed();
    },
    days: async () => {
      take();
      return store.intakeDays('0000-01-01', '9999-12-31');
    },
  };
}
