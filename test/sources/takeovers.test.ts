import { describe, expect, it } from 'vitest';
import { earlier, hours, milliseconds, minutes, seconds } from '../../gateway/domain/time.ts';
import { createTakeovers } from '../../gateway/sources/takeovers.ts';
import { handClock } from '../fakes/hand-clock.ts';

function world() {
  const clock = handClock('2026-11-20T08:00:00Z');
  return { clock, takeovers: createTakeovers(clock) };
}

describe('the place of one who is here', () => {
  it('is taken after a second, and not before', () => {
    const { clock, takeovers } = world();
    takeovers.arrived('k1');
    clock.moveBy(milliseconds(999));
    expect(takeovers.mayTake('k1')).toBe(false);
    clock.moveBy(milliseconds(1));
    expect(takeovers.mayTake('k1')).toBe(true);
  });

  it('may be taken by a reboot now and then without anyone being named', () => {
    const { clock, takeovers } = world();
    for (let n = 0; n < 10; n++) {
      takeovers.arrived('k1');
      clock.moveBy(seconds(31));
      expect(takeovers.mayTake('k1')).toBe(true);
      expect(takeovers.contested()).toEqual([]);
    }
  });

  it('is fought over where three come for it within a minute, and in peace a minute later', () => {
    const { clock, takeovers } = world();
    for (let n = 0; n < 3; n++) {
      takeovers.arrived('k1');
      clock.moveBy(seconds(2));
      takeovers.mayTake('k1');
    }
    expect(takeovers.contested()).toEqual(['k1']);
    clock.moveBy(minutes(1));
    expect(takeovers.contested()).toEqual([]);
  });

  it('is no longer than a second kept by a clock that went back', () => {
    const { clock, takeovers } = world();
    takeovers.arrived('k1');
    clock.moveTo(earlier(clock.now(), hours(24)));
    expect(takeovers.mayTake('k1')).toBe(true);
  });

  it('costs no memory, however many names there are', () => {
    const { takeovers } = world();
    for (let n = 0; n < 3000; n++) takeovers.mayTake(`name-${Math.floor(n / 3)}`);
    expect(takeovers.contested()).toHaveLength(200);
    expect(takeovers.contested()).toContain('name-999');
  });
});
