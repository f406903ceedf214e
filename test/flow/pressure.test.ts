// More than the disk can take: who waits, who is given up, who is refused, and that it passes.
import { describe, expect, it } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import { milliseconds, seconds } from '../../gateway/domain/time.ts';
import { createPressure, weightOf, type PressureLimits } from '../../gateway/flow/pressure.ts';
import { handClock } from '../fakes/hand-clock.ts';

const DISK_FULL = new Fault('store-write-failed', 'writing a group: disk full');
const SMALL: PressureLimits = { heldMost: 3000, heldLow: 1000, waitingMost: 4000 };
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** Messages of 1,000 bytes each, in front of a disk that a hand moves. */
function world(limits = SMALL) {
  const clock = handClock('2026-11-20T08:00:00Z');
  const pressure = createPressure(clock, limits);
  const onDisk: { name: string; stored(): void; failed(fault?: Error): void }[] = [];
  const fates: Record<string, string> = {};

  const write = async (name: string): Promise<void> => {
    const held = pressure.hold(1000);
    try {
      await new Promise<void>((stored, failed) => {
        onDisk.push({ name, stored, failed: (fault = DISK_FULL) => failed(fault) });
      });
    } catch (fault) {
      pressure.failed(held, fault);
      throw fault;
    }
    pressure.stored(held);
  };
  const offer = (...names: string[]): void => {
    for (const name of names) {
      const offered = pressure.isPressed() ? pressure.inTurn(0, () => write(name)) : write(name);
      fates[name] = 'open';
      offered.then(
        () => (fates[name] = 'stored'),
        (fault: unknown) => (fates[name] = (fault as Fault).code),
      );
    }
  };
  return {
    pressure,
    clock,
    offer,
    fates,
    /** Of those on their way to the disk, the oldest first. */
    names: () => onDisk.map(({ name }) => name),
    stores: async (count: number) => {
      for (const one of onDisk.splice(0, count)) one.stored();
      await turns();
    },
    fails: async (count: number, fault?: Error) => {
      for (const one of onDisk.splice(0, count)) one.failed(fault);
      await turns();
    },
  };
}

describe('a disk slower than the world', () => {
  it('while there is room, nobody waits', () => {
    const { pressure, offer, names } = world();
    offer('a', 'b');
    expect(pressure.isPressed()).toBe(false);
    expect(names()).toEqual(['a', 'b']);
    expect(pressure.figures()).toEqual({ heldBytes: 2000, waitingMessages: 0, waitingBytes: 0 });
  });

  it('at its limit those who come wait, and none of them is decoded', () => {
    const { pressure, offer, names } = world();
    offer('a', 'b', 'c', 'd', 'e');
    expect(pressure.isPressed()).toBe(true);
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(pressure.figures()).toEqual({
      heldBytes: 3000,
      waitingMessages: 2,
      waitingBytes: 2 * weightOf(0, 0),
    });
  });

  it('only well below its limit do they go on, in the order in which they came', async () => {
    const { pressure, offer, names, stores } = world();
    offer('a', 'b', 'c', 'd', 'e', 'f', 'g');
    await stores(1);
    expect(names()).toEqual(['b', 'c']);
    expect(pressure.isPressed()).toBe(true);
    await stores(1);
    expect(names()).toEqual(['c', 'd', 'e']);
    await stores(3);
    expect(names()).toEqual(['f', 'g']);
    await stores(2);
    expect(pressure.isPressed()).toBe(false);
    expect(pressure.figures()).toEqual({ heldBytes: 0, waitingMessages: 0, waitingBytes: 0 });
  });

  it('whoever comes while others wait stands behind them', async () => {
    const { offer, names, stores } = world();
    offer('a', 'b', 'c', 'd');
    await stores(3);
    offer('e');
    expect(names()).toEqual(['d', 'e']);
  });

  it('when too much waits, what comes last is refused and told to come again', async () => {
    const { offer, fates, stores } = world();
    const names = Array.from({ length: 20 }, (_, n) => `${n}`);
    offer(...names);
    await turns();
    const refused = names.filter((name) => fates[name] === 'store-busy');
    expect(refused).toEqual(names.slice(3 + SMALL.waitingMost / weightOf(0, 0)));
    await stores(3);
    offer('again');
    for (let round = 0; round < 10; round += 1) await stores(3);
    expect(names.filter((name) => fates[name] !== 'stored')).toEqual(refused);
    expect(fates['again']).toBe('stored');
  });

  it('ten thousand that wait are served one by one, none twice', async () => {
    const { offer, fates, stores } = world({ ...SMALL, waitingMost: Infinity });
    const names = Array.from({ length: 10_000 }, (_, n) => `${n}`);
    offer(...names);
    while (names.some((name) => fates[name] !== 'stored')) await stores(1000);
    expect(Object.keys(fates)).toHaveLength(10_000);
  });
});

describe('a disk that fails', () => {
  it('once costs those whose write failed, and nobody else waits for it', async () => {
    const { pressure, offer, names, fates, fails, stores } = world();
    offer('a', 'b');
    await fails(2);
    expect(fates).toEqual({ a: 'store-write-failed', b: 'store-write-failed' });
    expect(pressure.isPressed()).toBe(false);
    offer('c');
    expect(names()).toEqual(['c']);
    await stores(1);
    offer('d', 'e');
    expect(names()).toEqual(['d', 'e']);
  });

  it('is asked by one message, and the others wait for the answer', async () => {
    const { pressure, offer, names, fails, stores } = world();
    offer('a');
    await fails(1);
    offer('b', 'c', 'd');
    expect(names()).toEqual(['b']);
    expect(pressure.isPressed()).toBe(true);
    await stores(1);
    expect(names()).toEqual(['c', 'd']);
    expect(pressure.isPressed()).toBe(false);
  });

  it('again refuses all who wait, and is asked again a second later', async () => {
    const { pressure, clock, offer, names, fates, fails } = world();
    offer('a');
    await fails(1);
    offer('b', 'c', 'd');
    await fails(1);
    expect(fates).toMatchObject({ b: 'store-write-failed', d: 'store-write-failed' });
    offer('e', 'f');
    expect(names()).toEqual([]);
    clock.moveBy(milliseconds(999));
    expect(names()).toEqual([]);
    clock.moveBy(milliseconds(1));
    expect(names()).toEqual(['e']);
    expect(pressure.figures().waitingMessages).toBe(1);
  });

  it('is asked by the next who comes, where nobody waits', async () => {
    const { pressure, clock, offer, names, fails } = world();
    offer('a');
    await fails(1);
    offer('b');
    await fails(1);
    expect(pressure.isPressed()).toBe(true);
    clock.moveBy(seconds(1));
    expect(pressure.isPressed()).toBe(false);
    offer('c');
    expect(names()).toEqual(['c']);
  });

  it('in one group of many is one failure, whoever has come in between', async () => {
    const { offer, names, fates, fails, stores } = world();
    offer('a', 'b', 'c', 'd', 'e');
    await fails(3);
    expect(fates).toMatchObject({ d: 'open', e: 'open' });
    expect(names()).toEqual(['d']);
    await stores(1);
    await stores(1);
    expect(fates).toMatchObject({ d: 'stored', e: 'stored' });
  });

  it('because the gateway stops leaves nobody waiting for ever', async () => {
    const { offer, fates, fails } = world();
    offer('a');
    await fails(1);
    offer('b', 'c');
    await fails(1, new Fault('stopping', 'writing to the store: it is being closed'));
    expect(fates).toMatchObject({ b: 'stopping', c: 'stopping' });
  });
});
