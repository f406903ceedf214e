// Who may hand in how much, and whether a hand filled in the form.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createReportDoor, IN_ALL, type Admission } from '../../gateway/api/report-door.ts';
import { hours, milliseconds, minutes, seconds } from '../../gateway/domain/time.ts';
import { handClock } from '../fakes/hand-clock.ts';

function atTheDoor(key?: Uint8Array) {
  const clock = handClock('2026-11-02T10:00:00+08:00');
  const door = createReportDoor({ clock, random: randomBytes, ...(key && { key }) });
  let token = door.issue('k1');
  clock.moveBy(seconds(5));
  const from = (address: string, spot = 'k1'): Admission => {
    const form = door.issue(spot);
    clock.moveBy(seconds(3));
    return door.admit({ token: form, spot, address });
  };
  const admit = (more: Partial<Parameters<typeof door.admit>[0]> = {}) =>
    door.admit({ token, spot: 'k1', address: '10.0.0.1', ...more });
  return { clock, door, from, admit, token, fresh: () => (token = door.issue('k1')) };
}

const why = (admission: Admission): string => (admission.ok ? 'admitted' : admission.why);

describe('a form’s token', () => {
  it('admits one attempt, and in a double tap the same one again under the same key', () => {
    const { admit, clock } = atTheDoor();
    const first = admit();
    expect(first.ok).toBe(true);
    expect(admit()).toEqual(first);
    expect(why(admit({ address: '10.0.0.2' }))).toBe('stale-form');
    clock.moveBy(minutes(10));
    expect(why(admit())).toBe('stale-form');
  });

  it.each([
    ['2.999 s', milliseconds(2999), 'robot'],
    ['3 s', seconds(3), 'admitted'],
    ['2 h', hours(2), 'admitted'],
    ['2 h and a moment', milliseconds(hours(2) + 1), 'stale-form'],
  ])('that is %s old is %s', (_, age, verdict) => {
    const { admit, clock, fresh } = atTheDoor();
    const token = fresh();
    clock.moveBy(age);
    expect(why(admit({ token }))).toBe(verdict);
  });

  it('is good at its own spot only, and cannot be made or changed', () => {
    const { admit, token } = atTheDoor();
    expect(why(admit({ spot: 'k2' }))).toBe('stale-form');
    // The last letter of base64 has bits that say nothing.
    for (let place = 0; place < token.length - 1; place += 1) {
      const changed = token[place] === 'a' ? 'b' : 'a';
      const forged = token.slice(0, place) + changed + token.slice(place + 1);
      expect(why(admit({ token: forged }))).toBe('stale-form');
    }
    for (const none of [undefined, '', 'x', `${token}x`, token.repeat(99)])
      expect(why(admit({ token: none }))).toBe('stale-form');
    expect(why(admit())).toBe('admitted');
  });

  it('outlives a restart where the store has its key', () => {
    const key = randomBytes(32);
    const before = atTheDoor(key);
    expect(why(atTheDoor(key).admit({ token: before.token }))).toBe('admitted');
    expect(why(atTheDoor().admit({ token: before.token }))).toBe('stale-form');
  });

  it('is nothing in the hand of whoever fills in what people do not see', () => {
    const { admit } = atTheDoor();
    expect(why(admit({ honeypot: 'http://spam.example' }))).toBe('robot');
    expect(why(admit())).toBe('admitted');
  });
});

describe('how much', () => {
  it('one address hands in: six at once, then one in two minutes', () => {
    const { from, clock } = atTheDoor();
    const all = Array.from({ length: 7 }, (_, place) => from('10.0.0.1', `spot-${place}`));
    expect(all.map(why)).toEqual([...Array.from({ length: 6 }, () => 'admitted'), 'too-many']);
    const [wait = 0] = all.flatMap((one) => (one.ok ? [] : (one.retryAfterS ?? 0)));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(120);
    clock.moveBy(seconds(wait));
    expect(why(from('10.0.0.1', 'spot-8'))).toBe('admitted');
    expect(why(from('10.0.0.2', 'spot-8'))).toBe('admitted');
  });

  it('one code takes: twelve neighbours at once', () => {
    const { door } = atTheDoor();
    const all = Array.from({ length: 13 }, (_, place) =>
      door.pace({ spot: 'k1', address: `10.0.1.${place}` }),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(12);
  });

  it('all of them together hand in, whoever they say they are', () => {
    const { door } = atTheDoor();
    const all = Array.from({ length: 500 }, (_, place) =>
      door.pace({ spot: `s${place}`, address: `a${place}` }),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(IN_ALL.atOnce);
  });

  it('a clock that is set back shuts nobody out for long', () => {
    const { door, clock } = atTheDoor();
    const ask = () => door.pace({ spot: 'k1', address: '10.0.0.1' });
    for (let count = 0; count < 6; count += 1) ask();
    clock.move(-86_400_000);
    const refused = ask();
    expect(refused.ok ? 0 : refused.retryAfterS).toBeLessThanOrEqual(120);
    clock.moveBy(minutes(15));
    expect(ask().ok).toBe(false);
  });
});
