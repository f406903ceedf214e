// The whole way in under a flood, in front of a store that is slow, fails, and comes back: sensors
// that wait for their acknowledgement, sensors that do not, a serial line, and posts by HTTP. Each
// sender keeps its own ledger, and the log is compared with all of them.
import { describe, expect, it } from 'vitest';
import { crc16Hex } from '../../gateway/decode/crc16.ts';
import { decoderNamed } from '../../gateway/decode/index.ts';
import { Fault } from '../../gateway/domain/fault.ts';
import type { Entry } from '../../gateway/domain/record.ts';
import { seconds } from '../../gateway/domain/time.ts';
import { createIntake } from '../../gateway/flow/intake.ts';
import { createPressure, weightOf } from '../../gateway/flow/pressure.ts';
import { createTally } from '../../gateway/flow/tally.ts';
import { createHttpSource } from '../../gateway/sources/http.ts';
import { createOfferQueue } from '../../gateway/sources/offer-queue.ts';
import { createReception } from '../../gateway/sources/reception.ts';
import type { Dropped, Intake } from '../../gateway/sources/source.ts';
import { createTopics } from '../../gateway/sources/topics.ts';
import { createJudge } from '../../gateway/validate/judge.ts';
import { randomFrom } from '../../firmware-sim/random.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { keptLog } from '../fakes/kept-log.ts';
import { COMPOUND, device } from '../fakes/small-site.ts';

const DISK_FULL = new Fault('store-write-failed', 'writing a group: disk full');
const SENSORS = 40;
const BUDGET = { heldMost: 60_000, heldLow: 20_000, waitingMost: 1_000_000 };
const names = (kind: string): string[] => Array.from({ length: SENSORS }, (_, n) => `${kind}-${n}`);
const lamps = [...names('patient'), ...names('hasty'), 'web-1'];
const compound = {
  ...COMPOUND,
  devices: new Map([
    ...COMPOUND.devices,
    ...lamps.map(
      (id) =>
        [
          id,
          {
            ...device(id, id === 'web-1' ? 'web' : 'broker', { '': 'lamp-1' }),
            decoder: 'courtyard-json',
          },
        ] as const,
    ),
  ]),
};
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
};

/** A store that takes what has gathered when it is told to, or fails all of it. */
function handStore() {
  const stored: Entry[] = [];
  let gathered: {
    entries: readonly Entry[];
    resolve(at: number): void;
    reject(why: unknown): void;
  }[] = [];
  return {
    stored,
    append: (entries: readonly Entry[]) =>
      new Promise<number>((resolve, reject) => gathered.push({ entries, resolve, reject })),
    commit(fault?: Fault) {
      const group = gathered;
      gathered = [];
      for (const { entries, resolve, reject } of group) {
        if (fault) reject(fault);
        else resolve(stored.push(...entries));
      }
    },
  };
}

function flood() {
  const clock = handClock('2026-11-20T08:00:00Z');
  const store = handStore();
  const pressure = createPressure(clock, BUDGET);
  const losses: Dropped[] = [];
  const way = createIntake({
    compound,
    decoderOf: (source) => ({ 'bins-line': 'courtyard-line' })[source],
    decoderNamed,
    judge: createJudge({ compound }),
    log: store,
    clock,
    tally: createTally(new Set()),
    pressure,
    onFault: () => undefined,
  });
  const intake: Intake = { ...way, lost: (loss) => void losses.push(loss) };
  const around = { intake, clock, log: keptLog(), chance: () => 0.5 };
  const reception = createReception(
    {
      source: 'broker',
      devices: compound.devices,
      topics: createTopics('broker', { siteId: 'yard', devices: compound.devices }),
      mayPublish: () => 'unretained',
    },
    around,
  );
  const line = createOfferQueue('bins-line', around);
  const web = createHttpSource({ id: 'web' }, around);
  return { clock, store, pressure, losses, reception, line, web };
}

type Flood = ReturnType<typeof flood>;

/** What every sender believes, by the value that it sent: each value is sent once. */
function senders({ reception, line, web, clock }: Flood) {
  let next = 0;
  const told = {
    acknowledged: new Set<number>(),
    hasty: new Set<number>(),
    line: new Set<number>(),
    refused: 0,
  };
  const owed = new Map<string, number>();
  const value = (): number => (next += 1) / 1000;
  const publish = (id: string, qos: 0 | 1, power: number): Promise<unknown> =>
    reception.take(null, {
      cmd: 'publish',
      topic: `courtyard/yard/${id}/telemetry`,
      qos,
      dup: false,
      retain: false,
      messageId: 1,
      payload: Buffer.from(JSON.stringify({ power })),
    });

  /** As a sensor does: one at a time, the same again until it is acknowledged. */
  function patient(id: string): void {
    if (owed.has(id)) return;
    const power = value();
    owed.set(id, power);
    const send = (): void =>
      void publish(id, 1, power).then(
        () => (told.acknowledged.add(power), owed.delete(id)),
        () => clock.after(seconds(1), send),
      );
    send();
  }
  return {
    told,
    patient,
    owes: () => owed.size,
    hasty(id: string): void {
      const power = value();
      told.hasty.add(power);
      void publish(id, 0, power);
    },
    say(): void {
      const gross = value();
      told.line.add(gross);
      const body = `k1,${Math.round(gross * 1000) % 65_536},wet.gross=${gross}`;
      line.add({
        source: 'bins-line',
        bytes: Buffer.from(`$${body}*${crc16Hex(body)}`),
        receivedAt: clock.now(),
      });
    },
    post(): void {
      const power = value();
      web.take('web-1', Buffer.from(JSON.stringify({ power }))).then(
        () => told.acknowledged.add(power),
        (fault: unknown) =>
          (told.refused += Number(fault instanceof Fault && fault.retry === 'later')),
      );
    },
  };
}

const valuesIn = ({ store }: Flood): number[] =>
  store.stored.flatMap((entry) => (entry.kind === 'reading' ? [entry.value] : []));
const given = ({ losses }: Flood, source: string): number =>
  losses.filter((loss) => loss.source === source).reduce((sum, { count }) => sum + count, 0);

describe('a flood in front of a store that is slow, fails and comes back', () => {
  it.each([1, 2, 3, 4, 5])(
    'loses nothing that was acknowledged and counts all that it gave up (seed %i)',
    async (seed) => {
      const world = flood();
      const { clock, store, pressure, reception, line, web } = world;
      const { told, patient, hasty, say, post, owes } = senders(world);
      await web.start();
      const random = randomFrom(seed);
      const chance = (share: number): boolean => random.uniform() < share;
      let mostHeld = 0;
      let mostWaiting = 0;
      let lines = 0;
      for (let step = 0; step < 400; step += 1) {
        for (const id of names('patient')) if (chance(0.5)) patient(id);
        for (const id of names('hasty')) if (chance(0.5)) hasty(id);
        for (let n = 0; n < 40; n += 1, lines += 1) say();
        if (chance(0.3)) post();
        await turns();
        mostHeld = Math.max(mostHeld, pressure.figures().heldBytes);
        mostWaiting = Math.max(mostWaiting, pressure.figures().waitingMessages);
        // A third of the time it fails for long, as a full disk does.
        if (chance(0.3)) store.commit(step % 150 > 100 ? DISK_FULL : undefined);
        clock.moveBy(seconds(0.2));
        await turns();
      }
      for (let round = 0; round < 500; round += 1) {
        store.commit();
        clock.moveBy(seconds(1));
        await turns();
      }
      const finished = Promise.all([reception.close(), line.finish(), web.stop()]);
      for (let round = 0; round < 50; round += 1) {
        store.commit();
        await turns();
      }
      await finished;

      const stored = valuesIn(world);
      const has = new Set(stored);
      expect([...told.acknowledged].filter((value) => !has.has(value))).toEqual([]);
      expect(owes()).toBe(0);
      const hastyStored = [...told.hasty].filter((value) => has.has(value)).length;
      expect(hastyStored + given(world, 'broker')).toBe(told.hasty.size);
      expect(reception.dropped()).toBe(given(world, 'broker'));
      const lineStored = [...told.line].filter((value) => has.has(value)).length;
      expect(lineStored + given(world, 'bins-line')).toBe(lines);
      expect(mostHeld).toBeLessThan(BUDGET.heldMost + weightOf(200, 1));
      // One message for each that waits for its acknowledgement, and what one group of lines holds.
      expect(mostWaiting).toBeLessThanOrEqual(SENSORS + 256);
      expect(pressure.figures()).toEqual({ heldBytes: 0, waitingMessages: 0, waitingBytes: 0 });
      expect(new Set(world.losses.map(({ reason }) => reason))).toContain('shed');
      expect(told.refused).toBeGreaterThan(0);
    },
  );
});
