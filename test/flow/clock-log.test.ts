import { describe, expect, it } from 'vitest';
import type { Entry } from '../../gateway/domain/record.ts';
import { Fault } from '../../gateway/domain/fault.ts';
import { seconds } from '../../gateway/domain/time.ts';
import { createClockLog } from '../../gateway/flow/clock/clock-log.ts';
import { tick } from '../fakes/folded-site.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { clock } from '../fakes/small-site.ts';
import { until } from '../tools.ts';

const RIGHT: Entry = { kind: 'clock', boot: 'run 1', stepMs: 5000, receivedAt: clock('10:00') };

function failing(times: number) {
  const { log } = memoryStore();
  const hand = handClock('2026-11-20T12:00:00Z');
  const faults: unknown[] = [];
  let failures = 0;
  const clockLog = createClockLog({
    log: {
      ...log,
      append(entries, raw) {
        const isClock = entries.some(({ kind }) => kind === 'clock');
        if (!isClock || failures === times) return log.append(entries, raw);
        failures += 1;
        return Promise.reject(new Fault('store-write-failed', 'writing: the disk is full'));
      },
    },
    clock: hand,
    before: () => undefined,
    onFault: (fault) => void faults.push(fault),
  });
  const kinds = async (): Promise<string[]> =>
    (await log.readAfter(0, 100)).map(({ kind, receivedAt }) => `${kind} ${receivedAt}`);
  return { clockLog, hand, faults, kinds };
}

describe('the log', () => {
  it.each([0, 1, 3])(
    'lets nothing overtake what is said of the clock, though the disk fails %i times',
    async (times) => {
      const { clockLog, hand, faults, kinds } = failing(times);
      await clockLog.append([tick(clock('09:00'))]);
      clockLog.say(RIGHT);
      const behind = [
        clockLog.append([tick(clock('10:01'))]),
        clockLog.append([tick(clock('10:02'))]),
      ];
      await until('it is all written', async () => {
        hand.moveBy(seconds(1));
        return (await kinds()).length === 4;
      });
      await Promise.all(behind);
      expect(await kinds()).toEqual([
        `tick ${clock('09:00')}`,
        `clock ${clock('10:00')}`,
        `tick ${clock('10:01')}`,
        `tick ${clock('10:02')}`,
      ]);
      expect(faults).toHaveLength(times);
    },
  );

  it('looks at the clock before each append', async () => {
    const { log } = memoryStore();
    let looks = 0;
    const parts = { log, clock: handClock('2026-11-20T12:00:00Z'), onFault: () => undefined };
    const clockLog = createClockLog({ ...parts, before: () => void (looks += 1) });
    await clockLog.append([tick(clock('09:00'))]);
    await clockLog.append([tick(clock('09:01'))]);
    expect(looks).toBe(2);
  });
});
