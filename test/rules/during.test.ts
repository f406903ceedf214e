// A rule that has hours of its own: what happens in them, out of them, and at their border.
import { describe, expect, it } from 'vitest';
import { WEEKDAYS, type Asset, type Weekday } from '../../gateway/domain/asset.ts';
import type { Hours, RuleSettings } from '../../gateway/domain/rule.ts';
import { days, hours, later, milliseconds, type Instant } from '../../gateway/domain/time.ts';
import { foldedSite, watchedBy, type FoldedSite } from '../fakes/folded-site.ts';
import { restarted } from '../fakes/restarted-site.ts';
import {
  BIN_FULL,
  clock,
  COMPOUND,
  LAMP,
  LAMP_OUT,
  SILENT,
  SMALL_SITE,
} from '../fakes/small-site.ts';

/** Monday, the second of November. */
const fill = (value: number, at: Instant) =>
  ({ asset: 'k1-wet', quantity: 'fill', value, at }) as const;

const from8to17: Hours = {
  spans: [{ days: WEEKDAYS, fromMinute: 480, toMinute: 1020 }],
  holidays: 'as-weekdays',
};
const tomorrow = (time: string): Instant => later(clock(time), days(1));

describe('a full bin, judged from eight to five', () => {
  const RULE: RuleSettings = { ...BIN_FULL, during: from8to17 };
  const site = (): FoldedSite => watchedBy(RULE);

  it('out of its hours is nothing, and counts from their beginning', () => {
    const folded = site();
    folded.hear(fill(0.95, clock('06:00')));
    folded.wait(clock('08:09:59.999'));
    expect(folded.alarms()).toEqual([]);
    folded.wait(clock('08:10'));
    expect(folded.alarms()).toMatchObject([{ raisedAt: clock('08:10') }]);
  });

  it('whose hold is not over when they end has its full time again in the next', () => {
    const folded = site();
    folded.hear(fill(0.95, clock('16:55')));
    folded.wait(tomorrow('08:09:59.999'));
    expect(folded.alarms()).toEqual([]);
    folded.wait(tomorrow('08:10'));
    expect(folded.alarms()).toMatchObject([{ raisedAt: tomorrow('08:10') }]);
  });

  it('whose hold is over just before they end is an alarm', () => {
    const folded = site();
    folded.hear(fill(0.95, clock('16:49:59.999')));
    folded.wait(clock('17:30'));
    expect(folded.alarms()).toMatchObject([{ raisedAt: clock('16:59:59.999') }]);
  });

  it('whose hold is over just when they end is none', () => {
    const folded = site();
    folded.hear(fill(0.95, clock('16:50')));
    folded.wait(clock('17:30'));
    expect(folded.alarms()).toEqual([]);
  });

  it('emptied in the evening stays an alarm until the next morning looks at it', () => {
    const folded = site();
    folded.hear(fill(0.95, clock('16:00')));
    folded.hear(fill(0.1, clock('18:00')));
    folded.wait(tomorrow('07:59:59.999'));
    expect(folded.speaking()).toEqual(['bin-full:k1-wet']);
    folded.wait(tomorrow('08:00'));
    expect(folded.alarms()).toMatchObject([{ clearedAt: tomorrow('08:00') }]);
  });

  it('full and emptied within one night was never anything', () => {
    const folded = site();
    folded.hear(fill(0.95, clock('19:00')));
    folded.hear(fill(0.1, clock('21:00')));
    folded.wait(tomorrow('12:00'));
    expect(folded.alarms()).toEqual([]);
  });

  it('is looked at when its hours begin also where the gateway was started in between', () => {
    const folded = site();
    folded.start(clock('05:00'));
    folded.hear(fill(0.95, clock('06:00')));
    const after = restarted(folded, clock('07:00'), [RULE]);
    after.wait(clock('08:10'));
    expect(after.alarms()).toMatchObject([{ raisedAt: clock('08:10') }]);
  });

  it('whose off-delay runs into the evening has its full time again in the morning', () => {
    const folded = watchedBy({ ...RULE, clearFor: hours(1) });
    folded.hear(fill(0.95, clock('15:00')));
    folded.hear(fill(0.1, clock('16:30')));
    folded.hear(fill(0.1, clock('20:00')));
    folded.wait(tomorrow('08:59:59.999'));
    expect(folded.speaking()).toEqual(['bin-full:k1-wet']);
    folded.wait(tomorrow('09:00'));
    expect(folded.speaking()).toEqual([]);
  });
});

it('a silence that began in the night counts from the morning on', () => {
  const site = watchedBy({ ...SILENT, during: from8to17, holdFor: milliseconds(60_000) });
  site.start(clock('00:00'));
  site.hear({ ...fill(0.2, clock('01:00')) });
  site.wait(clock('08:00:59.999'));
  expect(site.speaking()).toEqual([]);
  site.wait(clock('08:01'));
  expect(site.alarmOf('silent', 'k1')).toMatchObject({ raisedAt: clock('08:01') });
});

describe('on public holidays', () => {
  const at = (text: string): Instant =>
    later(clock('00:00'), milliseconds(Date.parse(`${text}+08:00`) - clock('00:00')));
  const onWorkdays: Hours = {
    spans: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], fromMinute: 480, toMinute: 1020 }],
    holidays: 'never',
  };
  const nationalDay = milliseconds(Date.parse('2027-10-01T09:00:00+08:00') - clock('09:00'));

  it('nothing is judged, and the next working day begins anew', () => {
    const site = watchedBy({ ...BIN_FULL, during: onWorkdays });
    const holiday = later(clock('09:00'), nationalDay);
    site.hear(fill(0.95, holiday));
    // Friday to Sunday by law; Monday the fourth works.
    site.wait(at('2027-10-04T08:09:59.999'));
    expect(site.alarms()).toEqual([]);
    site.wait(at('2027-10-04T08:10'));
    expect(site.alarms()).toHaveLength(1);
  });
});

describe('a lamp with a timetable for the week, asked on working days alone', () => {
  const nightly = (weekdays: readonly Weekday[]) => ({
    days: weekdays,
    fromMinute: 18 * 60,
    toMinute: 6 * 60,
  });
  const lamp = {
    ...LAMP,
    hours: { by: 'timetable', spans: [nightly(['mon', 'tue', 'wed', 'thu', 'fri'])] },
  } as const;
  const compound = {
    ...COMPOUND,
    place: { ...COMPOUND.place, holidays: { add: ['2026-11-03'], remove: [] } },
    assets: new Map<string, Asset>([...COMPOUND.assets, ['lamp-1', lamp]]),
  };
  const rule: RuleSettings = { ...LAMP_OUT, during: { spans: [], holidays: 'never' } };
  const darkAt = (at: Instant): number => {
    const site = foldedSite({ ...SMALL_SITE, compound, rules: [rule] });
    site.hear({ asset: 'lamp-1', quantity: 'power', value: 0, at });
    site.wait(later(at, hours(1)));
    return site.alarms().length;
  };

  it.each([
    ['Monday evening', later(clock('20:00'), days(0)), 1],
    ['Monday noon', clock('12:00'), 0],
    ['Tuesday evening, which is the site’s own holiday', tomorrow('20:00'), 0],
    ['Wednesday evening', later(clock('20:00'), days(2)), 1],
    ['Saturday evening, which its timetable leaves out', later(clock('20:00'), days(5)), 0],
  ])('dark on %s', (_, at, alarms) => {
    expect(darkAt(at)).toBe(alarms);
  });
});
