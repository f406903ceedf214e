import { describe, expect, it } from 'vitest';
import type { ClockState } from '../../gateway/domain/clock-state.ts';
import type { ClockEntry, GatewayEntry, Recorded } from '../../gateway/domain/record.ts';
import {
  dueStretch,
  stretchesAfterNote,
  stretchesAfterStart,
  stretchesAfterStep,
} from '../../gateway/domain/stretch.ts';
import { instant } from '../../gateway/domain/time.ts';

interface Begun {
  readonly sequence: number;
  readonly boot: string;
  readonly at: number;
  readonly clock: ClockState;
  readonly machine?: string;
  readonly upMs?: number;
}

const start = ({ at, machine, upMs = 0, ...rest }: Begun): Recorded<GatewayEntry> => ({
  kind: 'gateway',
  event: 'started',
  receivedAt: instant(at),
  ...(machine !== undefined && { machine: { id: machine, upMs } }),
  ...rest,
});

const step = (sequence: number, boot: string, stepMs: number): Recorded<ClockEntry> => ({
  kind: 'clock',
  sequence,
  boot,
  stepMs,
  state: 'synchronised',
  receivedAt: instant(0),
});

const wrong = { clock: 'unsynchronised' } as const;

describe('a stretch without moments', () => {
  it('begins with a run whose clock is known to be wrong, and with no other', () => {
    const begun = { sequence: 5, boot: 'a', at: 1000 };
    expect(stretchesAfterStart([], start({ ...begun, ...wrong }))).toMatchObject([{ from: 5 }]);
    expect(stretchesAfterStart([], start({ ...begun, clock: 'unknown' }))).toEqual([]);
    expect(stretchesAfterStart([], start({ ...begun, clock: 'synchronised' }))).toEqual([]);
  });

  it('is due when its clock is put right, and ends there', () => {
    const open = stretchesAfterStart([], start({ sequence: 5, boot: 'a', at: 1000, ...wrong }));
    expect(dueStretch(open)).toBeUndefined();
    const due = stretchesAfterStep(open, step(90, 'a', 7000));
    expect(dueStretch(due)).toMatchObject({ from: 5, to: 90, offMs: 7000 });
  });

  it('is not moved by what is said of another run’s clock, nor by a step after it has ended', () => {
    const open = stretchesAfterStart([], start({ sequence: 5, boot: 'a', at: 1000, ...wrong }));
    expect(stretchesAfterStep(open, step(90, 'b', 7000))).toBe(open);
    const due = stretchesAfterStep(open, step(90, 'a', 7000));
    expect(stretchesAfterStep(due, step(95, 'a', 3000))).toBe(due);
  });

  it('shrinks by what is written again and is gone at its end', () => {
    const open = stretchesAfterStart([], start({ sequence: 5, boot: 'a', at: 1000, ...wrong }));
    const due = stretchesAfterStep(open, step(90, 'a', 7000));
    const half = stretchesAfterNote(due, 50);
    expect(dueStretch(half)).toMatchObject({ from: 50, to: 90, offMs: 7000 });
    expect(stretchesAfterNote(half, 89)).toEqual([]);
  });
});

describe('several runs of one machine', () => {
  // It came up at 0 by its wrong clock, which is 7000 behind; each run says when it began by it.
  const one = { sequence: 5, boot: 'a', at: 1000, machine: 'm', upMs: 1000, ...wrong };
  const two = { sequence: 20, boot: 'b', at: 9000, machine: 'm', upMs: 9000, ...wrong };

  it('are all put right by the last of them', () => {
    const open = stretchesAfterStart(stretchesAfterStart([], start(one)), start(two));
    const due = stretchesAfterStep(open, step(90, 'b', 7000));
    expect(due).toMatchObject([
      { boot: 'a', from: 5, to: 20, offMs: 7000 },
      { boot: 'b', from: 20, to: 90, offMs: 7000 },
    ]);
  });

  it('each by what its own clock was off', () => {
    // The second run went on from the newest record, 500 ahead of the machine's clock.
    const open = stretchesAfterStart(
      stretchesAfterStart([], start(one)),
      start({ ...two, at: 9500 }),
    );
    const due = stretchesAfterStep(open, step(90, 'b', 6500));
    expect(due.map(({ offMs }) => offMs)).toEqual([7000, 6500]);
  });

  it('are put right by a run that begins with a right clock', () => {
    const open = stretchesAfterStart([], start(one));
    const right = { ...two, at: 16_000, clock: 'synchronised' } as const;
    expect(stretchesAfterStart(open, start(right))).toMatchObject([{ to: 20, offMs: 7000 }]);
  });
});

describe('a run of another machine run', () => {
  it.each(['synchronised', 'unsynchronised', 'unknown'] as const)(
    'can only be taken as it is, whatever clock comes after it: %s',
    (state) => {
      const open = stretchesAfterStart(
        [],
        start({ sequence: 5, boot: 'a', at: 1000, machine: 'm', upMs: 1000, ...wrong }),
      );
      const next = start({
        sequence: 20,
        boot: 'b',
        at: 9e9,
        machine: 'n',
        upMs: 10,
        clock: state,
      });
      expect(stretchesAfterStart(open, next)[0]).toMatchObject({ from: 5, to: 20, offMs: 0 });
    },
  );
});
