// A scale under two bins that have none of their own.
import { expect, it } from 'vitest';
import { eventIn } from '../../gateway/domain/deposit.ts';
import type { Happening } from '../../gateway/domain/happening.ts';
import type { Quantity } from '../../gateway/domain/quantity.ts';
import { instant, later, minutes, seconds } from '../../gateway/domain/time.ts';
import { foldedSite, reading } from '../fakes/folded-site.ts';
import { SMALL_SITE } from '../fakes/small-site.ts';

function platform() {
  const site = foldedSite({ ...SMALL_SITE, rules: [] });
  const kept = new Map<string, Happening>();
  let now = instant(Date.parse('2026-11-02T07:10:00+08:00'));
  const says = (asset: string, quantity: Quantity, value: number): void =>
    void site.fold(reading({ asset, quantity, value, at: now }));
  return {
    says,
    rests(kg: number) {
      for (let index = 0; index < 12; index += 1) {
        now = later(now, seconds(5));
        says('k1-scale', 'net', kg);
      }
    },
    passes: (span: number) => void (now = later(now, minutes(span))),
    ledger: () => [...site.standing.ledger.all()].map(([, day]) => [day.stream, day.depositedKg]),
    told() {
      for (const one of site.standing.takeChanges().happenings ?? [])
        kept.set(`${one.kind} ${one.id}`, one);
      return [...kept.values()].map((one) => {
        const { kind, asset, kg = 0, flags } = eventIn(one);
        return [kind, asset, Math.round(kg * 10) / 10, flags];
      });
    },
  };
}

it('what is put on it belongs to the platform until a bin’s fill owns to it', () => {
  const site = platform();
  site.says('k1-wet', 'fill', 0.3);
  site.rests(30);
  site.rests(33);
  expect(site.told()).toEqual([['deposit', 'k1-scale', 3, ['unattributed']]]);
  site.passes(5);
  site.says('k1-wet', 'fill', 0.38);
  expect(site.told()).toEqual([['deposit', 'k1-wet', 3, ['attributed']]]);
  expect(site.ledger()).toContainEqual(['wet', 3]);
});

it('a bin whose lid moved owns to it at once', () => {
  const site = platform();
  site.says('k1-wet', 'lid', 0);
  site.rests(30);
  site.says('k1-wet', 'lid', 1);
  site.rests(32);
  expect(site.told()).toEqual([['deposit', 'k1-wet', 2, ['attributed']]]);
});

it('a bin that is lifted off and put back lighter was emptied of the difference', () => {
  const site = platform();
  site.rests(90);
  site.rests(40);
  site.rests(54);
  expect(site.told()).toEqual([['collection', 'k1-scale', 36, ['unattributed']]]);
});
