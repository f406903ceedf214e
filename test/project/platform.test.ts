// A scale under two bins that have none of their own.
import { describe, expect, it } from 'vitest';
import { eventIn } from '../../gateway/domain/deposit.ts';
import type { Happening } from '../../gateway/domain/happening.ts';
import type { Quantity } from '../../gateway/domain/quantity.ts';
import { instant, later, minutes, seconds } from '../../gateway/domain/time.ts';
import type { StepSite } from '../../gateway/flow/step.ts';
import { foldedSite, reading } from '../fakes/folded-site.ts';
import { BIN, SMALL_SITE } from '../fakes/small-site.ts';

function platform(of: StepSite = SMALL_SITE) {
  const site = foldedSite({ ...of, rules: [] });
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

describe('a platform under three bins whose fill sensors speak every minute', () => {
  const three = () => {
    const assets = new Map(SMALL_SITE.compound.assets);
    for (const id of ['k1-dry', 'k1-rec']) assets.set(id, { ...BIN, id, name: id });
    const site = platform({ ...SMALL_SITE, compound: { ...SMALL_SITE.compound, assets } });
    const fills: Record<string, number> = { 'k1-wet': 0.5, 'k1-dry': 0.4, 'k1-rec': 0.3 };
    return {
      ...site,
      /** So many minutes, told as it stands. */
      minutes(count: number, kg: number, moved: Record<string, number> = {}) {
        Object.assign(fills, moved);
        for (let minute = 0; minute < count; minute += 1) {
          for (const [bin, fill] of Object.entries(fills)) site.says(bin, 'fill', fill);
          site.rests(kg);
        }
      },
    };
  };

  it('gives a deposit to the bin whose fill rose with it', () => {
    const site = three();
    site.minutes(3, 90);
    site.minutes(3, 94, { 'k1-dry': 0.46 });
    expect(site.told()).toEqual([['deposit', 'k1-dry', 4, ['attributed']]]);
  });

  it('gives it to nobody where two rose at once', () => {
    const site = three();
    site.minutes(3, 90);
    site.minutes(1, 97, { 'k1-dry': 0.46, 'k1-rec': 0.36 });
    site.minutes(3, 97);
    expect(site.told()).toEqual([['deposit', 'k1-scale', 7, ['unattributed']]]);
  });

  it('gives it to nobody where none rose', () => {
    const site = three();
    site.minutes(3, 90);
    site.minutes(20, 92);
    expect(site.told()).toEqual([['deposit', 'k1-scale', 2, ['unattributed']]]);
  });

  it('gives what the crew took to the one of the bins that is empty then', () => {
    const site = three();
    site.minutes(3, 90);
    site.minutes(1, 50);
    site.minutes(14, 64, { 'k1-wet': 0.02 });
    expect(site.told()).toEqual([
      ['collection', 'k1-scale', 26, ['unattributed', 'undone']],
      ['collection', 'k1-wet', 26, ['attributed']],
    ]);
  });
});
