import { promisify } from 'node:util';
import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { seconds } from '../../gateway/domain/time.ts';
import { createNameLookup } from '../../gateway/ops/name-lookup.ts';
import { handClock } from '../fakes/hand-clock.ts';

type Answer = (error: Error | null, addresses?: LookupAddress[]) => void;

const HOME: LookupAddress[] = [
  { address: '192.0.2.7', family: 4 },
  { address: '2001:db8::7', family: 6 },
];

function scene() {
  const asked: { name: string; answer: Answer }[] = [];
  const clock = handClock('2026-11-02T12:00:00+08:00');
  const lookup = createNameLookup({
    clock,
    ask: (name, _options, answer) => void asked.push({ name, answer }),
  });
  const find = promisify((name: string, done: (error: Error | null, found?: unknown) => void) =>
    lookup(name, { all: true }, (error, found) => done(error, found)),
  );
  return { asked, clock, lookup, find };
}

describe('a name', () => {
  it('is asked for once, however many wait for it', async () => {
    const { asked, find } = scene();
    const answers = [find('influx.lan'), find('influx.lan'), find('other.lan')];
    expect(asked.map(({ name }) => name)).toEqual(['influx.lan', 'other.lan']);
    for (const { answer } of asked) answer(null, HOME);
    expect(await Promise.all(answers)).toEqual([HOME, HOME, HOME]);
  });

  it('whose resolver is silent is not asked for again, and nobody waits longer than three seconds', async () => {
    const { asked, clock, find } = scene();
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const silent = find('influx.lan');
      clock.moveBy(seconds(3));
      await expect(silent).rejects.toThrow('looking up influx.lan: no answer within 3s');
    }
    expect(asked).toHaveLength(1);
    asked[0]?.answer(null, HOME);
    const again = find('influx.lan');
    expect(asked).toHaveLength(2);
    asked[1]?.answer(null, HOME);
    expect(await again).toEqual(HOME);
  });

  it('that nobody knows is told so, as the system says it: with an error and nothing else', async () => {
    const { asked, find } = scene();
    const unknown = find('nowhere.lan');
    asked[0]?.answer(new Error('getaddrinfo ENOTFOUND nowhere.lan'));
    await expect(unknown).rejects.toThrow('getaddrinfo ENOTFOUND nowhere.lan');
  });

  it('keeps its last address while the resolver is silent or has forgotten it', async () => {
    const { asked, clock, find } = scene();
    const first = find('influx.lan');
    asked[0]?.answer(null, HOME);
    await first;
    const forgotten = find('influx.lan');
    asked[1]?.answer(new Error('ENOTFOUND'), []);
    expect(await forgotten).toEqual(HOME);
    const silent = find('influx.lan');
    clock.moveBy(seconds(3));
    expect(await silent).toEqual(HOME);
  });

  it('that nobody knows fails with the resolver’s words', async () => {
    const { asked, find } = scene();
    const unknown = find('nowhere.lan');
    asked[0]?.answer(new Error('ENOTFOUND'), []);
    await expect(unknown).rejects.toThrow('ENOTFOUND');
  });

  it('is given in the family that is asked for', () => {
    const { asked, lookup } = scene();
    const found: unknown[] = [];
    const keep = (...answer: unknown[]): void => void found.push(answer);
    lookup('influx.lan', { family: 6 }, keep);
    lookup('influx.lan', {}, keep);
    asked[0]?.answer(null, HOME);
    expect(found).toEqual([
      [null, '2001:db8::7', 6],
      [null, '192.0.2.7', 4],
    ]);
  });
});
