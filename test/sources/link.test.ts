import { describe, expect, it } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import { seconds } from '../../gateway/domain/time.ts';
import { createLink } from '../../gateway/sources/link.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { handIntake } from '../fakes/hand-intake.ts';
import { keptLog } from '../fakes/kept-log.ts';

const unplugged = new Fault('port-unavailable', 'opening /dev/x: no such port');
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function world(outcomes: ('opens' | 'fails')[]) {
  const clock = handClock('2026-11-20T08:00:00Z');
  const intake = handIntake();
  const log = keptLog();
  let attempts = 0;
  const attempt = async (): Promise<void> => {
    const outcome = outcomes[attempts++] ?? 'opens';
    await Promise.resolve();
    if (outcome === 'fails') throw unplugged;
  };
  const link = createLink('bins-line', attempt, { intake, clock, log, chance: () => 0.5 });
  return { clock, intake, log, link, attempts: () => attempts };
}

describe('the way to a source', () => {
  it('that opens at once is up, and says so', async () => {
    const { link, intake, log } = world(['opens']);
    expect(link.health()).toEqual({ state: 'starting', lost: 0 });
    await link.start();
    expect(link.health()).toEqual({ state: 'up', lost: 0 });
    expect(intake.links).toEqual([{ of: 'source', id: 'bins-line', state: 'up' }]);
    expect(log.lines).toEqual(['info open']);
  });

  it('that does not open is down with its reason, and start still resolves', async () => {
    const { link, intake } = world(['fails']);
    await link.start();
    expect(link.health()).toEqual({ state: 'down', lost: 0, why: unplugged.message });
    expect(intake.links).toEqual([
      { of: 'source', id: 'bins-line', state: 'down', why: unplugged.message },
    ]);
  });

  it('is tried after 1, 2, 4 … 30 s, for ever, and says its loss and its return once each', async () => {
    const { link, intake, log, clock, attempts } = world(Array.from({ length: 9 }, () => 'fails'));
    await link.start();
    for (const wait of [1, 2, 4, 8, 16, 30, 30, 30, 30]) {
      const before = attempts();
      clock.moveBy(seconds(wait - 0.001));
      expect(attempts()).toBe(before);
      clock.moveBy(seconds(0.001));
      expect(attempts()).toBe(before + 1);
      await settled();
    }
    expect(link.health().state).toBe('up');
    expect(intake.links.map((change) => change.state)).toEqual(['down', 'up']);
    expect(log.lines).toEqual([`warn down: ${unplugged.message}`, 'info back after 151s']);
  });

  it('that is lost counts the loss and is tried again', async () => {
    const { link, intake, clock } = world(['opens', 'opens']);
    await link.start();
    link.lost(new Fault('port-unavailable', '/dev/x: close: bad file descriptor'));
    expect(link.health()).toEqual({
      state: 'down',
      lost: 1,
      why: '/dev/x: close: bad file descriptor',
    });
    clock.moveBy(seconds(1));
    await settled();
    expect(link.health()).toEqual({ state: 'up', lost: 1 });
    expect(intake.links.map((change) => change.state)).toEqual(['up', 'down', 'up']);
  });

  it('that flaps is tried less and less often; half a minute of being up forgives it', async () => {
    const { link, clock, attempts } = world([]);
    await link.start();
    for (const wait of [1, 2, 4]) {
      link.lost(unplugged);
      clock.moveBy(seconds(wait));
      await settled();
    }
    expect(attempts()).toBe(4);
    clock.moveBy(seconds(30));
    link.lost(unplugged);
    clock.moveBy(seconds(1));
    expect(attempts()).toBe(5);
  });

  it('that was stopped is not tried again and says nothing more', async () => {
    const { link, clock, intake, attempts } = world(['opens']);
    await link.start();
    link.lost(unplugged);
    await link.stop();
    clock.moveBy(seconds(60));
    link.lost(unplugged);
    expect(attempts()).toBe(1);
    expect(intake.links).toHaveLength(2);
  });

  it('a mistake of ours is no reason to try again', async () => {
    const { clock, intake, log } = world([]);
    const broken = (): Promise<void> => Promise.reject(new TypeError('not a function'));
    const link = createLink('x', broken, { intake, clock, log });
    await expect(link.start()).rejects.toThrow(TypeError);
  });
});
