// The driver of the fold over a small site, for tests that move its clock and break its disk.
import { onTestFinished } from 'vitest';
import type { Entry } from '../../gateway/domain/record.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import type { Duration } from '../../gateway/domain/time.ts';
import { createFold } from '../../gateway/flow/fold.ts';
import { createStep, type StepSite } from '../../gateway/flow/step.ts';
import { reading } from '../fakes/folded-site.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { BIN_FULL, SMALL_SITE } from '../fakes/small-site.ts';
import { failingStore, type FailingStore } from './failing-store.ts';

const SITE: StepSite = { ...SMALL_SITE, rules: [BIN_FULL] };

export async function folding(
  store: FailingStore = failingStore(),
  saveWithin?: Duration,
  site: StepSite = SITE,
) {
  const clock = handClock('2026-11-02T10:00:00+08:00');
  const saved = await store.step.load();
  const standing = createStanding(saved);
  const faults: unknown[] = [];
  const told: string[] = [];
  let changes = 0;
  const fold = createFold({
    log: store.log,
    store: store.step,
    clock,
    standing,
    step: createStep(site, standing),
    from: saved.cursor,
    ...(saveWithin && { saveWithin }),
    onChange: () => void (changes += 1),
    onNotices: (notices) => void told.push(...notices.map(({ key }) => key)),
    onFault: (fault) => void faults.push(fault),
  });
  fold.start();
  onTestFinished(async () => void (await Promise.allSettled([fold.stop()])));
  const fill = (value: number): Entry =>
    reading({ asset: 'k1-wet', quantity: 'fill', value, at: clock.now() });
  return { store, clock, standing, fold, faults, told, changes: () => changes, fill };
}

/** Lets everything run that needs no time to pass. */
export const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
};
