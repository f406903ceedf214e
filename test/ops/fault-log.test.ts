import { describe, expect, it } from 'vitest';
import { Fault, FAULTS } from '../../gateway/domain/fault.ts';
import { earlier, hours, milliseconds, minutes } from '../../gateway/domain/time.ts';
import { createFaultLog } from '../../gateway/ops/fault-log.ts';
import { handClock } from '../fakes/hand-clock.ts';

function scene() {
  const clock = handClock('2026-11-02T10:00:00+08:00');
  const lines: [facts: object, words: string][] = [];
  const tell = createFaultLog({ error: (facts, words) => void lines.push([facts, words]) }, clock);
  return { clock, lines, tell };
}

const full = new Fault('store-write-failed', 'writing a group: disk full');

describe('a fault', () => {
  it('is logged with its code, its hint and itself', () => {
    const { tell, lines } = scene();
    tell(full);
    expect(lines).toEqual([
      [
        { code: 'store-write-failed', hint: FAULTS['store-write-failed'].hint, err: full },
        full.message,
      ],
    ]);
  });

  it('said a thousand times within a minute is logged once, and then with how often', () => {
    const { tell, lines, clock } = scene();
    for (let n = 0; n < 1000; n += 1) tell(full);
    clock.moveBy(milliseconds(minutes(1) - 1));
    tell(full);
    expect(lines).toHaveLength(1);
    clock.moveBy(milliseconds(1));
    tell(full);
    expect(lines).toMatchObject([{}, [{ alsoSinceLast: 1000 }, full.message]]);
  });

  it('counts anew after each line', () => {
    const { tell, lines, clock } = scene();
    for (let n = 0; n < 3; n += 1) {
      tell(full);
      clock.moveBy(minutes(1));
    }
    expect(lines).toHaveLength(3);
    expect(lines.at(-1)![0]).not.toHaveProperty('alsoSinceLast');
  });

  it('of one code does not silence another’s', () => {
    const { tell, lines } = scene();
    tell(full);
    tell(new Fault('port-unavailable', 'opening /dev/ttyUSB0: gone'));
    expect(lines).toHaveLength(2);
  });

  it('is not silenced for hours by a clock that is set back', () => {
    const { tell, lines, clock } = scene();
    tell(full);
    clock.moveTo(earlier(clock.now(), hours(5)));
    tell(full);
    expect(lines).toHaveLength(2);
  });

  it.each([
    [new TypeError('x is not a function'), 'x is not a function'],
    ['a text', 'a text'],
    [undefined, 'undefined'],
  ])('that is none of ours (%s) is logged as unexpected', (thrown, words) => {
    const { tell, lines } = scene();
    tell(thrown);
    expect(lines).toEqual([[{ code: 'unexpected', err: thrown }, words]]);
  });
});
