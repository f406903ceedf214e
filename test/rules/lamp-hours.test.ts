// A lamp over dusk, night, dawn and day: sunrise neither accuses nor acquits it.
import { describe, expect, it } from 'vitest';
import type { Asset } from '../../gateway/domain/asset.ts';
import { days, instant, later, minutes } from '../../gateway/domain/time.ts';
import { sunDay } from '../../gateway/domain/sun.ts';
import { foldedSite, type FoldedSite } from '../fakes/folded-site.ts';
import { clock, COMPOUND, LAMP, LAMP_BY_DAY, LAMP_OUT, SMALL_SITE } from '../fakes/small-site.ts';

describe('a lamp by the sun', () => {
  const bySun = { ...LAMP, hours: { by: 'sun', onOffsetMin: 0, offOffsetMin: 0 } } as const;
  const assets = new Map<string, Asset>([...COMPOUND.assets, ['lamp-1', bySun]]);
  const compound = { ...COMPOUND, assets };
  const site = (): FoldedSite =>
    foldedSite({ ...SMALL_SITE, compound, rules: [LAMP_OUT, LAMP_BY_DAY] });
  const day = sunDay(COMPOUND.place, clock('12:00'));
  if (day.kind !== 'both') throw new Error(day.kind);
  const { sunset } = day;
  const morning = sunDay(COMPOUND.place, later(clock('12:00'), days(1)));
  if (morning.kind !== 'both') throw new Error(morning.kind);
  const { sunrise } = morning;
  const power = (value: number, at: number) =>
    ({ asset: 'lamp-1', quantity: 'power', value, at: instant(at) }) as const;
  const speaks = (yard: FoldedSite, value: number, from: number, until: number): void => {
    for (let at = from; at <= until; at += minutes(1)) yard.hear(power(value, at));
  };

  it('that stays dark at dusk is out ten minutes after its first dark word', () => {
    const yard = site();
    speaks(yard, 0.3, sunset - minutes(30), sunset + minutes(9));
    expect(yard.alarms()).toEqual([]);
    yard.hear(power(0.3, sunset + minutes(10)));
    expect(yard.alarms()).toMatchObject([
      { rule: 'lamp-out', raisedAt: instant(sunset + minutes(10)) },
    ]);
  });

  it('that went dark minutes before dawn is given the benefit of the day', () => {
    const yard = site();
    speaks(yard, 28, sunset + minutes(1), sunset + minutes(5));
    speaks(yard, 0.3, sunrise - minutes(5), sunrise + minutes(60));
    expect(yard.alarms()).toEqual([]);
  });

  it('that is out stays out over the day: sunrise mends nothing', () => {
    const yard = site();
    speaks(yard, 0.3, sunset, sunrise + minutes(300));
    expect(yard.speaking()).toEqual(['lamp-out:lamp-1']);
    expect(yard.work()).toEqual(['lamp lamp-1 raised']);
  });

  it('that an electrician switches on at noon is mended', () => {
    const yard = site();
    speaks(yard, 0.3, sunset, sunrise + minutes(60));
    yard.hear(power(28, sunrise + minutes(61)));
    expect(yard.alarmOf('lamp-out', 'lamp-1')).toMatchObject({
      clearedAt: instant(sunrise + minutes(61)),
    });
    // Its sensor's word mends it; whether it stays so, people look.
    expect(yard.work()).toEqual(['lamp lamp-1 rectified']);
  });

  it('that burns on by day is called so ten minutes after sunrise, until it is seen dark', () => {
    const yard = site();
    speaks(yard, 28, sunrise - minutes(20), sunrise + minutes(30));
    const [alarm] = yard.alarms();
    expect(alarm).toMatchObject({ rule: 'lamp-by-day', value: 28 });
    expect(alarm!.raisedAt).toBeGreaterThanOrEqual(sunrise + minutes(10));
    expect(alarm!.raisedAt).toBeLessThanOrEqual(sunrise + minutes(11));
    yard.hear(power(0.3, sunrise + minutes(40)));
    expect(yard.speaking()).toEqual([]);
  });
});
