// The way in with the real cards and the real judge, over a log that a hand answers.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16Hex } from '../../gateway/decode/crc16.ts';
import { decoderNamed } from '../../gateway/decode/index.ts';
import { Fault } from '../../gateway/domain/fault.ts';
import type { Entry } from '../../gateway/domain/record.ts';
import { REFUSALS } from '../../gateway/domain/reading.ts';
import { createIntake } from '../../gateway/flow/intake.ts';
import { createTally } from '../../gateway/flow/tally.ts';
import { seconds } from '../../gateway/domain/time.ts';
import type { Envelope } from '../../gateway/sources/source.ts';
import type { RawBytes } from '../../gateway/store/log.ts';
import { createJudge } from '../../gateway/validate/judge.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { clock, COMPOUND, device } from '../fakes/small-site.ts';

const NINE = '2026-11-02T09:00:00+08:00';
const DISK_FULL = new Fault('store-write-failed', 'writing a group: disk full');

const compound = {
  ...COMPOUND,
  devices: new Map([
    ...COMPOUND.devices,
    ['lamp-1', { ...device('lamp-1', 'broker', { '': 'lamp-1' }), decoder: 'courtyard-json' }],
    ['odd', { ...device('odd', 'broker', { '': 'lamp-2' }), decoder: 'morse' }],
  ]),
};

/** A log whose commits end when a hand says so. */
function handLog() {
  const written: { entries: readonly Entry[]; raw: readonly RawBytes[] }[] = [];
  const waiting: { stored(): void; failed(fault: Error): void }[] = [];
  return {
    written,
    waiting,
    append: (entries: readonly Entry[], raw: readonly RawBytes[] = []) =>
      new Promise<number>((resolve, reject) => {
        waiting.push({
          stored() {
            written.push({ entries, raw });
            resolve(written.length);
          },
          failed: reject,
        });
      }),
  };
}

function wayIn() {
  const hand = handClock(NINE);
  const log = handLog();
  const faults: unknown[] = [];
  const tally = createTally(new Set(compound.devices.keys()));
  const intake = createIntake({
    compound,
    decoderOf: (source) => ({ 'bins-line': 'courtyard-line', broker: 'courtyard-json' })[source],
    decoderNamed,
    judge: createJudge({ compound }),
    log,
    clock: hand,
    tally,
    onFault: (fault) => void faults.push(fault),
  });
  return {
    intake,
    hand,
    log,
    faults,
    tally,
    entries: () => log.written.flatMap(({ entries }) => entries),
    /** Offers and answers at once: what was written of it. */
    takes: async (envelope: Envelope) => {
      const offered = intake.offer(envelope);
      log.waiting.shift()!.stored();
      await offered;
      return log.written.at(-1)!;
    },
  };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const frame = (body: string): string => `$${body}*${crc16Hex(body)}`;
const onLine = (text: string, more: Partial<Envelope> = {}): Envelope => ({
  source: 'bins-line',
  bytes: bytes(text),
  receivedAt: clock('10:00'),
  ...more,
});
const onBroker = (payload: unknown, more: Partial<Envelope> = {}): Envelope => ({
  source: 'broker',
  bytes: bytes(JSON.stringify(payload)),
  receivedAt: clock('10:00'),
  device: 'lamp-1',
  ...more,
});

const TWO = frame('k1,42,wet.distance=412,wet.gross=31.25');
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** What became of an offer so far. */
function fate(offered: Promise<unknown>): () => string {
  let words = 'open';
  offered.then(
    () => (words = 'acknowledged'),
    (fault: unknown) => (words = fault instanceof Fault ? fault.code : 'thrown'),
  );
  return () => words;
}

describe('a message', () => {
  it('is acknowledged after it is on disk, and not before', async () => {
    const { intake, log, entries } = wayIn();
    const offered = fate(intake.offer(onLine(TWO)));
    await turns();
    expect(offered()).toBe('open');
    log.waiting[0]!.stored();
    await turns();
    expect(offered()).toBe('acknowledged');
    expect(entries()).toMatchObject([
      { kind: 'reading', asset: 'k1-wet', quantity: 'distance', value: 412, seq: 42, part: 0 },
      { kind: 'reading', asset: 'k1-wet', quantity: 'gross', value: 31.25, seq: 42, part: 1 },
    ]);
  });

  it('that is good keeps no bytes beside its readings', async () => {
    expect((await wayIn().takes(onLine(TWO))).raw).toEqual([]);
  });

  it.each([
    ['with a wrong checksum', onLine(TWO.replace(/.$/, '0')), 'checksum'],
    ['that is nothing at all', onLine(''), 'empty'],
    ['of a device that nobody knows', onLine(frame('k9,1,wet.fill=0.5')), 'unknown-device'],
    ['of a channel that nobody knows', onLine(frame('k1,1,dry.fill=0.5')), 'unknown-channel'],
    ['that is not JSON', onBroker('', { bytes: bytes('{"on":tru') }), 'not-json'],
    ['beyond the physically possible', onBroker({ power: 1e6 }), 'out-of-range'],
    [
      'that speaks for another device',
      onLine(frame('k1,1,wet.fill=0.5'), { device: 'lamp-2' }),
      'unknown-device',
    ],
    ['that its source could not frame', onLine('xxxx', { damage: 'too-long' }), 'too-long'],
    ['for a decoder that nobody knows', onBroker({ on: 1 }, { device: 'odd' }), 'unknown-decoder'],
    ['on a line that has no decoder', onLine(TWO, { source: 'nowhere' }), 'unknown-decoder'],
  ])(
    '%s is written down as refused, with its bytes, and acknowledged',
    async (_, envelope, reason) => {
      const { entries, raw } = await wayIn().takes(envelope);
      expect(entries).toMatchObject([{ kind: 'rejection', source: envelope.source, reason }]);
      expect(raw).toEqual([{ index: 0, bytes: envelope.bytes }]);
    },
  );

  it('whatever it is, it is written down as something, and its source is told', async () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json().map(bytes),
      fc
        .array(fc.constantFrom('$', 'k1', ',', '1', 'wet.fill', '=', '0.5', '*', '6D84'), {
          maxLength: 12,
        })
        .map((parts) => bytes(parts.join(''))),
    );
    const damage = fc.option(fc.constantFrom(...REFUSALS), { nil: undefined, freq: 5 });
    const who = fc.option(fc.constantFrom('lamp-1', 'odd', 'nobody'), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(anything, damage, who, async (bytes, damage, device) => {
        const { takes } = wayIn();
        const { entries, raw } = await takes({
          source: 'broker',
          receivedAt: clock('10:00'),
          bytes,
          ...(damage && { damage }),
          ...(device && { device }),
        });
        expect(entries.length).toBeGreaterThan(0);
        const isOdd = entries.some(
          (entry) => entry.kind === 'rejection' || ('doubt' in entry && entry.doubt !== undefined),
        );
        expect(raw).toHaveLength(isOdd ? 1 : 0);
      }),
    );
  });
});

describe('a message of many', () => {
  it('keeps its good elements beside its bad ones, each with its own reason', async () => {
    const at = (minute: number): string => `2026-11-02T09:0${minute}:00+08:00`;
    const backlog = [
      { at: at(1), power: 28 },
      { at: at(2), power: 1e9 },
      7,
      { at: at(3), power: 28.5, weather: 1 },
    ];
    const { entries, raw } = await wayIn().takes(onBroker(backlog));
    const readings = entries.filter((entry) => entry.kind === 'reading');
    expect(readings.map(({ value }) => value)).toEqual([28, 28.5]);
    expect(
      entries
        .filter((entry) => entry.kind === 'rejection')
        .map(({ reason }) => reason)
        .toSorted(),
    ).toEqual(['malformed', 'out-of-range', 'unknown-quantity']);
    expect(raw).toHaveLength(1);
  });

  it('keeps its bytes once, with the first entry that wants them', async () => {
    const { entries, raw } = await wayIn().takes(
      onLine(frame('k1,1,wet.gross=31,wet.distance=25,dry.fill=1')),
    );
    expect(entries.map((entry) => ('doubt' in entry ? entry.doubt : entry.kind))).toEqual([
      'reading',
      'bad-echo',
      'rejection',
    ]);
    expect(raw.map(({ index }) => index)).toEqual([1]);
  });
});

describe('a disk that fails', () => {
  it('withholds the acknowledgement, and the same message sent again is news', async () => {
    const { intake, log, entries } = wayIn();
    const offered = fate(intake.offer(onLine(TWO)));
    log.waiting.shift()!.failed(DISK_FULL);
    await turns();
    expect(offered()).toBe('store-write-failed');
    const again = fate(intake.offer(onLine(TWO)));
    log.waiting.shift()!.stored();
    await turns();
    expect(again()).toBe('acknowledged');
    expect(entries().map(({ kind }) => kind)).toEqual(['reading', 'reading']);
  });

  it('while a resend is on its way: it is acknowledged only if its original is on disk', async () => {
    const { intake, log } = wayIn();
    const original = fate(intake.offer(onLine(TWO)));
    const resend = fate(intake.offer(onLine(TWO)));
    log.waiting[0]!.failed(DISK_FULL);
    log.waiting[1]!.stored(); // behind it, as every log answers
    await turns();
    expect([original(), resend()]).toEqual(['store-write-failed', 'store-write-failed']);
    const again = fate(intake.offer(onLine(TWO)));
    log.waiting[2]!.stored();
    await turns();
    expect(again()).toBe('acknowledged');
  });

  it('while a link changes is told, and the change is written when the disk is well again', async () => {
    const { intake, hand, log, faults, entries } = wayIn();
    intake.link({ of: 'source', id: 'bins-line', state: 'down', why: 'close' });
    log.waiting.shift()!.failed(DISK_FULL);
    await turns();
    expect(faults).toEqual([DISK_FULL]);
    hand.moveBy(seconds(1));
    log.waiting.shift()!.stored();
    await turns();
    expect(entries()).toMatchObject([{ kind: 'link', state: 'down', receivedAt: clock('09:00') }]);
  });
});

describe('a resend', () => {
  it('is written down as refused, and acknowledged', async () => {
    const { takes, entries } = wayIn();
    await takes(onLine(TWO));
    await takes(onLine(TWO, { receivedAt: clock('10:00:59') }));
    expect(
      entries().map((entry) => (entry.kind === 'rejection' ? entry.reason : entry.kind)),
    ).toEqual(['reading', 'reading', 'duplicate']);
  });
});

it('a link’s change is a record of our own time', async () => {
  const { intake, log, entries } = wayIn();
  intake.link({ of: 'device', id: 'lamp-1', state: 'down', why: 'last will' });
  log.waiting.shift()!.stored();
  await turns();
  expect(entries()).toEqual([
    {
      kind: 'link',
      of: 'device',
      id: 'lamp-1',
      state: 'down',
      why: 'last will',
      receivedAt: clock('09:00'),
    },
  ]);
});

describe('the tally', () => {
  it('counts messages per source and readings per device, heard before they are stored', async () => {
    const { intake, log, tally } = wayIn();
    const offered = intake.offer(onLine(TWO));
    expect(tally.source('bins-line')).toMatchObject({ heard: 1, stored: 0, acknowledged: 0 });
    expect(tally.device('k1')).toMatchObject({ heard: 2, stored: 0 });
    log.waiting.shift()!.stored();
    await offered;
    expect(tally.source('bins-line')).toMatchObject({
      heard: 1,
      stored: 1,
      acknowledged: 1,
      readings: 2,
    });
    expect(tally.device('k1')).toMatchObject({ heard: 2, stored: 2, readings: 2 });
  });

  it('counts each reason by its name, for the source and for the device that it is about', async () => {
    const { takes, tally } = wayIn();
    await takes(onLine(frame('k1,1,wet.gross=31,dry.fill=1')));
    await takes(onLine('nonsense'));
    expect(Object.fromEntries(tally.device('k1').rejected)).toEqual({ 'unknown-channel': 1 });
    expect(tally.source('bins-line').rejected.get('unknown-channel')).toBe(1);
    expect([...tally.source('bins-line').rejected.values()].reduce((sum, n) => sum + n)).toBe(2);
  });

  it('does not count as stored what the disk refused', async () => {
    const { intake, log, tally } = wayIn();
    const offered = intake.offer(onLine(TWO));
    log.waiting.shift()!.failed(DISK_FULL);
    await expect(offered).rejects.toBe(DISK_FULL);
    expect(tally.source('bins-line')).toMatchObject({
      heard: 1,
      stored: 0,
      acknowledged: 0,
      readings: 0,
    });
  });

  it('gives strangers no place in its memory', async () => {
    const { takes, tally } = wayIn();
    await takes(onBroker({ on: 1 }, { device: 'stranger' }));
    expect(tally.device('stranger').heard).toBe(0);
    expect(tally.source('broker').rejected.get('unknown-device')).toBe(1);
  });
});
