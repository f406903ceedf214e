import { describe, expect, it } from 'vitest';
import { seconds } from '../../gateway/domain/time.ts';
import { createPoll } from '../../gateway/sources/poll.ts';
import { handClock } from '../fakes/hand-clock.ts';

function world() {
  const clock = handClock('2026-11-20T08:00:00Z');
  const poll = createPoll({ send: 'SI\r\n\xff', every: seconds(1) }, clock);
  const written: Uint8Array[] = [];
  let taken: () => void = () => {};
  const slow = (bytes: Uint8Array): Promise<void> => {
    written.push(bytes);
    return new Promise((resolve) => (taken = resolve));
  };
  return { clock, poll, written, slow, take: () => taken() };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a device that is asked', () => {
  it('is asked at once and then at the interval, with the command’s bytes', async () => {
    const { clock, poll, written } = world();
    poll.start(async (bytes) => void written.push(bytes));
    expect(written.map((bytes) => [...bytes])).toEqual([[0x53, 0x49, 0x0d, 0x0a, 0xff]]);
    await settled();
    clock.moveBy(seconds(0.999));
    expect(written).toHaveLength(1);
    clock.moveBy(seconds(0.001));
    await settled();
    clock.moveBy(seconds(1));
    expect(written).toHaveLength(3);
    expect(poll.asked()).toBe(3);
  });

  it('is not asked again while the line has not taken the last command', async () => {
    const { clock, poll, slow, take } = world();
    poll.start(slow);
    clock.moveBy(seconds(10));
    expect(poll.asked()).toBe(1);
    take();
    await settled();
    clock.moveBy(seconds(1));
    expect(poll.asked()).toBe(2);
  });

  it('is not asked while its port is down, and at once when it is back', async () => {
    const { clock, poll, written, slow } = world();
    poll.start(slow);
    poll.stop();
    clock.moveBy(seconds(10));
    expect(poll.asked()).toBe(1);
    poll.start(async (bytes) => void written.push(bytes));
    expect(poll.asked()).toBe(2);
  });
});
