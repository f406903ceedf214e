// What the fold counts, what it misses, and what it does not call missing.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../gateway/domain/record.ts';
import { instant, later, minutes, seconds, type Instant } from '../../gateway/domain/time.ts';
import { countedSite, frameOf, refused } from '../fakes/counted-site.ts';
import { line, started, tick } from '../fakes/folded-site.ts';
import { clock } from '../fakes/small-site.ts';
import { anyLog } from './any-log.ts';

const ten = clock('10:00');
const after = (minute: number): Instant => later(ten, minutes(minute));
const afterSeconds = (second: number): Instant => later(ten, seconds(second));

/** Heard a second after each other: `42…51: 10` for each row. */
async function gapsOf(numbers: readonly number[]): Promise<string[]> {
  const { hears, rows } = countedSite();
  numbers.forEach((seq, second) => hears('lamp-1', afterSeconds(second), seq));
  return (await rows()).map(
    ({ reason, firstSeq, lastSeq, count }) => `${reason} ${firstSeq}…${lastSeq}: ${count}`,
  );
}

describe('the numbers that a device gives its words', () => {
  it.each([
    ['one after the other', [10, 11, 12], []],
    ['the first that was ever heard', [41_000], []],
    ['one left out', [10, 12], ['gap 11…11: 1']],
    ['ten left out', [41, 52], ['gap 42…51: 10']],
    ['come round at 65535', [65_534, 65_535, 0, 1], []],
    ['left out where they come round', [65_534, 1], ['gap 65535…0: 2']],
    ['came late', [10, 14, 11, 12, 13, 15], []],
    ['came late in part', [10, 14, 12, 15], ['gap 11…13: 2']],
    ['came late at the end', [10, 14, 13, 15], ['gap 11…12: 2']],
    ['came late, the other way round', [65_533, 2, 0, 65_535, 1, 65_534, 3], []],
    ['two gaps close by are one row', [10, 12, 14], ['gap 11…13: 2']],
    ['said twice', [10, 11, 11, 12], []],
    ['some said again, long after', [100, 101, 102, 101, 102, 103], []],
    ['a reboot', [5000, 0, 1, 2], []],
    ['a reboot, its first words lost', [5000, 3, 4], []],
    ['a reboot of a young device', [20, 0, 1, 2], []],
    ['a low number again is no reboot', [20, 3, 21], []],
    ['lost right after a reboot', [5000, 0, 2], ['gap 1…1: 1']],
    ['lost after a reboot of a young device', [20, 0, 1, 3], ['gap 2…2: 1']],
    [
      'lost before a reboot stays lost',
      [10, 13, 5000, 0, 11],
      ['gap 11…4999: 4988', 'gap 1…10: 10'],
    ],
    ['set back without a reboot', [40_000, 20_000, 20_001], []],
    ['fallen, and not near 0: come round', [62_000, 3664], ['gap 62001…3663: 7199']],
  ])('%s', async (_, numbers, gaps) => {
    expect(await gapsOf(numbers)).toEqual(gaps);
  });

  it('that were rejected have come, whatever they said; a resend is no other word', async () => {
    const { hears, fold, rows, days } = countedSite();
    const of = { device: 'lamp-1', digest: 7 };
    hears('lamp-1', ten, 1);
    fold(refused('out-of-range', afterSeconds(1), { ...of, seq: 2 }));
    fold(refused('duplicate', afterSeconds(2), { ...of, seq: 2 }));
    hears('lamp-1', afterSeconds(3), 3);
    expect(await rows()).toEqual([]);
    expect((await days()).counts).toMatchObject([{ device: 'lamp-1', frames: 4, readings: 2 }]);
  });

  it('are missing from the word before to the word after, and it is said if we were away', async () => {
    const { hears, fold, rows } = countedSite();
    fold(started(clock('09:00')));
    hears('lamp-1', ten, 1);
    hears('lamp-1', after(1), 3);
    fold(started(after(20)));
    hears('lamp-1', after(21), 8);
    fold(line('lights-line', 'down', after(22)), line('lights-line', 'up', after(40)));
    hears('lamp-1', after(41), 10);
    const gaps = (await rows()).filter(({ reason }) => reason === 'gap');
    expect(gaps).toMatchObject([
      { from: ten, to: after(1), count: 1, day: '2026-11-02', source: 'lights-line' },
      { from: after(1), to: after(21), count: 4, why: 'gateway-off' },
      { from: after(21), to: after(41), count: 1, why: 'source-down' },
    ]);
    expect(gaps[0]).not.toHaveProperty('why');
  });

  it('may come a day late and no later', async () => {
    const late = async (hours: number): Promise<number> => {
      const { hears, rows, wait } = countedSite();
      hears('lamp-1', ten, 1);
      hears('lamp-1', after(1), 3);
      wait(after(60 * hours));
      hears('lamp-1', after(60 * hours), 2);
      return (await rows()).filter(({ reason }) => reason === 'gap').length;
    };
    expect([await late(23), await late(49)]).toEqual([0, 1]);
  });
});

/** Each number of a device is heard, heard after some others, or never; the first one is heard. */
const fates = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 20 }) },
    { weight: 3, arbitrary: fc.constant('lost' as const) },
  ),
  { maxLength: 120 },
);

it('of any device, what is missing is exactly what never came', async () => {
  const first = fc.oneof(fc.nat(65_535), fc.constantFrom(0, 63, 65_500, 65_535));
  await fc.assert(
    fc.asyncProperty(first, fates, async (start, fates) => {
      const sent = [0, ...fates, 0].map((fate, index) => ({ fate, index }));
      const heard = sent
        .flatMap(({ fate, index }) => (fate === 'lost' ? [] : [{ index, turn: index + fate }]))
        .toSorted((a, b) => a.turn - b.turn || a.index - b.index);
      const { hears, rows } = countedSite();
      heard.forEach(({ index }, turn) =>
        hears('lamp-1', afterSeconds(turn), (start + index) % 65_536),
      );
      const missing = (await rows()).reduce((sum, { count }) => sum + count, 0);
      expect(missing).toBe(fates.filter((fate) => fate === 'lost').length);
    }),
    { numRuns: 500 },
  );
});

describe('a device that speaks each minute and falls silent', () => {
  it('owes what its rhythm promised, once it speaks again', async () => {
    const { hears, rows } = countedSite();
    hears('lamp-1', ten);
    hears('lamp-1', after(10));
    expect(await rows()).toMatchObject([
      { reason: 'silence', device: 'lamp-1', from: ten, to: after(10), count: 9 },
    ]);
  });

  it('owes nothing for a pause that leaves its values current', async () => {
    const { hears, rows } = countedSite();
    for (const minute of [0, 5, 10]) hears('lamp-1', after(minute));
    expect(await rows()).toEqual([]);
  });

  it('owes each day its part, and nothing twice', async () => {
    const { hears, rows, wait } = countedSite();
    hears('lamp-1', clock('23:30'));
    wait(clock('23:50'));
    const midnight = later(clock('23:30'), minutes(30));
    wait(later(midnight, minutes(5)));
    hears('lamp-1', later(midnight, minutes(30)));
    expect((await rows()).map(({ day, count, to }) => [day, count, to])).toEqual([
      ['2026-11-02', 30, midnight],
      ['2026-11-03', 29, later(midnight, minutes(30))],
    ]);
  });

  it('owes nothing for the time in which the gateway was off: that is another row, and says so', async () => {
    const { hears, fold, rows, wait } = countedSite();
    fold(started(clock('09:59')));
    hears('lamp-1', ten);
    wait(after(10));
    fold(started(after(60)));
    hears('lamp-1', after(61));
    const silences = (await rows()).filter(({ device }) => device === 'lamp-1');
    expect(silences.map(({ from, to, count, why }) => [from, to, count, why])).toEqual([
      [ten, after(10), 10, undefined],
      [after(10), after(60), 50, 'gateway-off'],
    ]);
  });

  it('and numbers its words owes nothing for that time: its next number tells', async () => {
    const { hears, fold, rows } = countedSite();
    fold(started(clock('09:59')));
    hears('lamp-1', ten, 1);
    fold(started(after(60)));
    hears('lamp-1', after(61), 2);
    expect((await rows()).filter(({ device }) => device === 'lamp-1')).toEqual([]);
  });

  it('owes nothing while its line was down', async () => {
    const { hears, fold, rows } = countedSite();
    hears('lamp-1', ten);
    fold(line('lights-line', 'up', ten), line('lights-line', 'down', after(1)));
    fold(line('lights-line', 'up', after(30)));
    hears('lamp-1', after(31));
    expect(await rows()).toMatchObject([
      { from: after(1), to: after(30), count: 29, why: 'source-down' },
    ]);
  });

  it('is told at the end of the day though it never spoke', async () => {
    const { fold, rows, wait } = countedSite();
    fold(started(clock('23:00')));
    wait(later(clock('23:00'), minutes(61)));
    expect(await rows()).toContainEqual(
      expect.objectContaining({ device: 'lamp-4', reason: 'silence', count: 60 }),
    );
  });
});

describe('a drop', () => {
  const dropped = (at: Instant, more: object = {}): Entry => ({
    kind: 'loss',
    source: 'lights-line',
    reason: 'shed',
    from: at,
    to: at,
    count: 3,
    receivedAt: at,
    ...more,
  });

  it('is a row; those that follow within ten minutes are in it', async () => {
    const { fold, rows } = countedSite();
    fold(dropped(ten), dropped(after(9)), dropped(after(20)));
    expect(await rows()).toMatchObject([
      { reason: 'shed', from: ten, to: after(9), count: 6 },
      { from: after(20), to: after(20), count: 3 },
    ]);
  });

  it('of a device that numbers its words is within its gap, and counted once', async () => {
    const { hears, fold, rows, days } = countedSite();
    hears('lamp-1', ten, 1);
    fold(dropped(after(1), { device: 'lamp-1' }), dropped(after(1), { device: 'lamp-2' }));
    hears('lamp-1', after(2), 5);
    expect((await rows()).map(({ reason, isInGaps }) => [reason, isInGaps])).toContainEqual([
      'shed',
      true,
    ]);
    const { reasons } = await days();
    const lost = reasons.filter(({ kind }) => kind === 'lost');
    expect(lost.map(({ device, reason, count }) => [device, reason, count])).toEqual([
      ['lamp-2', 'shed', 3],
      ['lamp-1', 'gap', 3],
    ]);
  });

  it('of bytes and of strangers is noted, and is no message that was lost', async () => {
    const { fold, days } = countedSite();
    fold(dropped(ten, { reason: 'skipped' }), dropped(ten, { reason: 'turned-away' }));
    expect((await days()).reasons.map(({ kind }) => kind)).toEqual(['noted', 'noted']);
  });
});

it('whatever is in the log, each reading and each frame of it is counted once', async () => {
  const odd = fc.constantFrom<Entry>(
    refused('checksum', ten),
    refused('unknown-channel', ten, { device: 'lamp-1', digest: 1, seq: 9 }),
    refused('unknown-quantity', ten, { device: 'lamp-1', isBeside: true }),
    { ...frameOf('lamp-1', ten, 9), part: 1 } as Entry,
  );
  await fc.assert(
    fc.asyncProperty(anyLog, fc.array(odd), async (log, more) => {
      const entries = [...log, ...more.map((entry) => ({ ...entry, receivedAt: ten }))];
      const { fold, days } = countedSite();
      fold(...entries, tick(ten));
      const { counts, reasons } = await days();
      const readings = entries.filter(({ kind }) => kind === 'reading');
      const firsts = readings.filter((entry) => 'part' in entry && entry.part === 0);
      const refusals = entries.filter((entry) => entry.kind === 'rejection');
      const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
      expect(sum(counts.map((one) => one.readings))).toBe(readings.length);
      expect(sum(counts.map((one) => one.frames))).toBe(
        firsts.length + refusals.filter(({ isBeside }) => !isBeside).length,
      );
      const rejected = reasons.filter(({ kind }) => kind === 'rejected');
      expect(sum(rejected.map(({ count }) => count))).toBe(refusals.length);
    }),
    { numRuns: 200 },
  );
});

it('a clock that is put right makes no silence', async () => {
  const { fold, hears, rows } = countedSite();
  const boot = 'b';
  fold({ ...started(clock('09:59')), boot } as Entry);
  hears('lamp-1', ten);
  const leapt = instant(ten + minutes(60 * 72));
  fold({ kind: 'clock', boot, stepMs: leapt - ten, receivedAt: leapt });
  hears('lamp-1', later(leapt, minutes(1)));
  expect((await rows()).filter(({ device }) => device === 'lamp-1')).toEqual([]);
});
