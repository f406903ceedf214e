import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../../gateway/domain/record.ts';
import { instant } from '../../gateway/domain/time.ts';
import { createJudge } from '../../gateway/validate/judge.ts';
import type { Heard, Judge, Judgement } from '../../gateway/validate/judge.ts';
import { NOON, YARD, heard, noonPlus } from './yard.ts';

const judge = (): Judge => createJudge({ compound: YARD });
const reasons = ({ entries }: Judgement) =>
  entries.map((entry) => (entry.kind === 'rejection' ? entry.reason : (entry.doubt ?? 'believed')));
/** As the log would hand it back. */
const written = ({ entries }: Judgement): LogRecord[] =>
  entries.map((entry, index) => ({ ...entry, sequence: index + 1 }));

describe('a frame of a device that is known', () => {
  it('becomes one reading for each number, of the asset behind its channel', () => {
    const { entries, doubted, duplicate } = judge().hear(
      heard(
        {
          device: 'k1',
          seq: 42,
          observedAt: noonPlus(-5),
          measured: [
            { channel: 'wet', quantity: 'distance', value: 412 },
            { channel: 'wet', quantity: 'gross', value: 31.25 },
          ],
        },
        { source: 'bins-line', digest: 99 },
      ),
    );
    const shared = {
      kind: 'reading',
      device: 'k1',
      asset: 'k1-wet',
      observedAt: noonPlus(-5),
      receivedAt: NOON,
      seq: 42,
      digest: 99,
    };
    expect(entries).toEqual([
      { ...shared, quantity: 'distance', value: 412, part: 0 },
      { ...shared, quantity: 'gross', value: 31.25, part: 1 },
    ]);
    expect({ doubted, duplicate }).toEqual({ doubted: false, duplicate: false });
  });

  it('may be named by its way in alone', () => {
    const { device: _, ...frame } = heard({}).frame;
    const { entries } = judge().hear({ ...heard({}), frame, envelopeDevice: 'lamp-07' });
    expect(entries).toMatchObject([{ kind: 'reading', device: 'lamp-07', asset: 'lamp-07' }]);
    expect(entries[0]).not.toHaveProperty('seq');
  });

  it('loses only the number that is wrong', () => {
    const judgement = judge().hear(
      heard(
        {
          device: 'k1',
          measured: [
            { channel: 'wet', quantity: 'distance', value: 412 },
            { channel: 'dry', quantity: 'distance', value: 412 },
            { quantity: 'temperature', value: 20 },
            { channel: 'wet', quantity: 'temperature', value: -127 },
            { channel: 'wet', quantity: 'battery', value: Number.NaN },
            { channel: 'wet', quantity: 'gross', value: 31.25 },
          ],
        },
        { source: 'bins-line' },
      ),
    );
    expect(reasons(judgement)).toEqual([
      'believed',
      'unknown-channel',
      'unknown-channel',
      'out-of-range',
      'not-a-number',
      'believed',
    ]);
    expect(judgement.entries[5]).toMatchObject({ part: 5 });
    expect(judgement.entries.every((entry) => entry.device === 'k1')).toBe(true);
  });

  it('that says nothing is empty', () => {
    expect(reasons(judge().hear(heard({ measured: [] })))).toEqual(['empty']);
  });

  it('whose asset the site does not have is refused', () => {
    expect(reasons(judge().hear(heard({ device: 'lost' })))).toEqual(['unknown-asset']);
  });
});

describe('a device that is not who it should be', () => {
  it.each<[string, Partial<Heard>, string | undefined]>([
    ['is not in the site file', {}, 'stranger'],
    ['is named after a word of the language', {}, '__proto__'],
    ['belongs to another source', { source: 'bins-line' }, 'lamp-07'],
    ['is not the one its way in proves', { envelopeDevice: 'meter-1' }, 'lamp-07'],
    ['has no name at all', {}, undefined],
  ])('%s', (_, rest, device) => {
    const { device: __, ...frame } = heard({ seq: 1 }).frame;
    const judged = judge();
    const whole = {
      ...heard({}, rest),
      frame: { ...frame, ...(device !== undefined && { device }) },
    };
    expect(reasons(judged.hear(whole))).toEqual(['unknown-device']);
    const [entry] = judged.hear(whole).entries;
    expect(entry).toMatchObject({ reason: 'unknown-device', source: whole.source, seq: 1 });
    expect(entry).not.toHaveProperty('device');
  });
});

describe('a frame that comes again', () => {
  const frame = heard({ seq: 42 });

  it('is one rejection, whatever it carried', () => {
    const judged = judge();
    judged.hear(frame);
    const again = judged.hear({ ...frame, receivedAt: noonPlus(60) });
    expect(reasons(again)).toEqual(['duplicate']);
    expect(again).toMatchObject({ duplicate: true, doubted: false });
    expect(again.entries[0]).toMatchObject({ device: 'lamp-07', seq: 42, digest: 1 });
  });

  it('does not renew the minute by coming again', () => {
    const judged = judge();
    judged.hear(frame);
    judged.hear({ ...frame, receivedAt: noonPlus(59) });
    expect(judged.hear({ ...frame, receivedAt: noonPlus(61) }).duplicate).toBe(false);
  });

  it('is news where the first could not be written down', () => {
    const judged = judge();
    judged.hear(frame).forget();
    expect(judged.hear(frame).duplicate).toBe(false);
  });

  it('stays a duplicate where only the second could not be written down', () => {
    const judged = judge();
    judged.hear(frame);
    judged.hear(frame).forget();
    expect(judged.hear(frame).duplicate).toBe(true);
  });

  it('with seq 0 after a reboot is news', () => {
    const judged = judge();
    judged.hear(frame);
    expect(reasons(judged.hear(heard({ seq: 0 }, { receivedAt: noonPlus(3) })))).toEqual([
      'believed',
    ]);
  });

  it('without a seq is known only by its packet', () => {
    const judged = judge();
    const sent = heard({}, { packet: { id: 5, dup: false } });
    judged.hear(sent);
    expect(judged.hear({ ...sent, packet: { id: 5, dup: true } }).duplicate).toBe(true);
    expect(judged.hear(sent).duplicate).toBe(false);
  });
});

describe('a judge after a restart', () => {
  const sent = heard({ seq: 42, measured: [{ quantity: 'temperature', value: 20 }] });
  const tomorrow = noonPlus(86_400);

  it('knows again what was written and never acknowledged, however long it was down', () => {
    const restarted = judge();
    restarted.remember(written(judge().hear(sent)), tomorrow);
    const again = (seconds: number) =>
      restarted.hear({ ...sent, receivedAt: instant(tomorrow + seconds * 1000) });
    expect(again(60).duplicate).toBe(true);
    expect(again(61).duplicate).toBe(false);
  });

  it('knows a frame again of which only a rejection was written', () => {
    const refusedFrame = heard({ seq: 3, measured: [{ quantity: 'temperature', value: -127 }] });
    const restarted = judge();
    restarted.remember(written(judge().hear(refusedFrame)), tomorrow);
    expect(restarted.hear({ ...refusedFrame, receivedAt: tomorrow }).duplicate).toBe(true);
  });

  it('knows a frame again of which only a duplicate is left in the last minute', () => {
    const first = judge();
    first.hear(sent);
    const restarted = judge();
    restarted.remember(written(first.hear(sent)), tomorrow);
    expect(restarted.hear({ ...sent, receivedAt: tomorrow }).duplicate).toBe(true);
  });

  it('goes on where order and jumps stood', () => {
    const before = judge();
    const at = (value: number, seconds: number, seq: number): Heard =>
      heard(
        { seq, observedAt: noonPlus(seconds), measured: [{ quantity: 'temperature', value }] },
        { receivedAt: noonPlus(seconds) },
      );
    const records = [...written(before.hear(at(20, 0, 1))), ...written(before.hear(at(85, 5, 2)))];
    const fresh = (): Judge => {
      const restarted = judge();
      restarted.remember(records, noonPlus(8));
      return restarted;
    };
    expect(reasons(fresh().hear(at(19, -1, 3)))).toEqual(['late']);
    expect(reasons(fresh().hear(at(86, 10, 3)))).toEqual(['believed']);
    expect(reasons(fresh().hear(at(190, 10, 3)))).toEqual(['believed']);
    expect(reasons(fresh().hear(at(-40, 10, 3)))).toEqual(['jump']);
  });

  it('passes over records of other kinds', () => {
    const tick: LogRecord = { kind: 'tick', receivedAt: NOON, sequence: 1 };
    expect(() => judge().remember([tick], NOON)).not.toThrow();
  });
});

describe('a doubt', () => {
  const meter = (value: number, seconds: number, rest: Partial<Heard> = {}): Heard =>
    heard(
      {
        device: 'meter-1',
        observedAt: noonPlus(seconds),
        measured: [{ quantity: 'volume', value }],
      },
      { receivedAt: noonPlus(seconds), ...rest },
    );

  it('falls on history that comes after the news, and leaves the newest as it was', () => {
    const judged = judge();
    judged.hear(meter(104_522, 0));
    const late = judged.hear(meter(104_400, -3600, { receivedAt: noonPlus(1) }));
    expect(reasons(late)).toEqual(['late']);
    expect(late.doubted).toBe(true);
    expect(reasons(judged.hear(meter(104_523, 2)))).toEqual(['believed']);
  });

  it('does not fall on a backlog in order, nor on two readings of one moment', () => {
    const judged = judge();
    const hours = [-7200, -3600, -3600, 0];
    expect(
      hours.flatMap((seconds) =>
        reasons(judged.hear(meter(104_522 + seconds / 3600, seconds, { receivedAt: NOON }))),
      ),
    ).toEqual(['believed', 'believed', 'believed', 'believed']);
  });

  it('does not fall on anyone because the gateway’s clock was set back', () => {
    const judged = judge();
    judged.hear(heard({}, { receivedAt: noonPlus(86_400) }));
    expect(reasons(judged.hear(heard({})))).toEqual(['believed']);
    expect(reasons(judged.hear(heard({}, { receivedAt: noonPlus(1) })))).toEqual(['believed']);
  });

  it('falls on a counter that falls, until the next reading bears it out', () => {
    const judged = judge();
    const told = [104_522, 3, 4, 5, 104_530].map((value, index) =>
      judged.hear(meter(value, index * 60)),
    );
    expect(told.flatMap(reasons)).toEqual(['believed', 'jump', 'believed', 'believed', 'jump']);
  });

  it('does not confirm itself where its message could not be written down and comes again', () => {
    const judged = judge();
    judged.hear(meter(104_522, 0));
    const fallen = meter(3, 60);
    judged.hear(fallen).forget();
    expect(reasons(judged.hear({ ...fallen, receivedAt: noonPlus(62) }))).toEqual(['jump']);
  });

  it('falls on a spike, and the next reading is believed as if nothing had been', () => {
    const judged = judge();
    const told = [104_522, 3, 104_523, 3, 104_524].map((value, index) =>
      judged.hear(meter(value, index * 60)),
    );
    expect(told.flatMap(reasons)).toEqual(['believed', 'jump', 'believed', 'jump', 'believed']);
  });

  it('falls on an echo from beyond the floor, which then stands in nobody’s way', () => {
    const judged = judge();
    const bin = (value: number, seconds: number): Heard =>
      heard(
        {
          device: 'k1',
          observedAt: noonPlus(seconds),
          measured: [{ channel: 'wet', quantity: 'distance', value }],
        },
        { source: 'bins-line', receivedAt: noonPlus(10) },
      );
    expect(reasons(judged.hear(bin(1101, 9)))).toEqual(['bad-echo']);
    expect(reasons(judged.hear(bin(412, 5)))).toEqual(['believed']);
  });
});

describe('a device whose clock cannot be believed', () => {
  it('is believed in its numbers, dated by receipt, and its word is kept beside them', () => {
    const judgement = judge().hear(heard({ seq: 4, observedAt: instant(7000) }));
    expect(judgement.entries).toEqual([
      expect.objectContaining({ kind: 'reading', observedAt: NOON, part: 0 }),
      {
        kind: 'rejection',
        source: 'broker',
        device: 'lamp-07',
        reason: 'bad-time',
        detail: 'its clock says 1970-01-01T00:00:07.000Z; the moment of receipt stands in',
        isBeside: true,
        receivedAt: NOON,
        seq: 4,
        digest: 1,
      },
    ]);
    expect(judgement.doubted).toBe(false);
  });

  it.each([Number.NaN, Infinity, -1e300])('may even say %d', (said) => {
    expect(reasons(judge().hear(heard({ observedAt: instant(said) })))).toEqual([
      'believed',
      'bad-time',
    ]);
  });
});
