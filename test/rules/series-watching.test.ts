// Rules that look at more than one number, from readings to alarms, over the small site.
import { describe, expect, it } from 'vitest';
import type { Asset } from '../../gateway/domain/asset.ts';
import type { RuleSettings } from '../../gateway/domain/rule.ts';
import { later, minutes, seconds, type Instant } from '../../gateway/domain/time.ts';
import { foldedSite, watchedBy, type FoldedSite } from '../fakes/folded-site.ts';
import { restarted } from '../fakes/restarted-site.ts';
import {
  FLICKERS,
  HOT,
  MAINS,
  OFF_HOURS,
  QUIET,
  SWITCHED,
  TREMBLES,
} from '../fakes/series-rules.ts';
import { clock, COMPOUND, LAMP_OUT, SMALL_SITE } from '../fakes/small-site.ts';

const warm = (value: number, at: Instant) =>
  ({ asset: 'k1-wet', quantity: 'temperature', value, at }) as const;
const draws = (value: number, at: Instant) =>
  ({ asset: 'lamp-1', quantity: 'power', value, at }) as const;

it('a mains voltage out of its band is an alarm until it is well inside', () => {
  const site = watchedBy(MAINS);
  const volts = (value: number, at: Instant) =>
    site.hear({ asset: 'lamp-1', quantity: 'voltage', value, at });
  volts(255, clock('10:00'));
  expect(site.alarms()).toMatchObject([{ rule: 'mains', value: 255, quantity: 'voltage' }]);
  volts(247, clock('10:01'));
  expect(site.speaking()).toEqual(['mains:lamp-1']);
  volts(245, clock('10:02'));
  expect(site.speaking()).toEqual([]);
});

describe('a bin that grows hot', () => {
  it('is an alarm with the reading that made it more than ten degrees in ten minutes', () => {
    const site = watchedBy(HOT);
    for (const [time, value] of [
      ['10:00', 22],
      ['10:04', 27],
      ['10:08', 32],
    ] as const)
      site.hear(warm(value, clock(time)));
    expect(site.alarms()).toEqual([]);
    site.hear(warm(33, clock('10:09')));
    expect(site.alarms()).toMatchObject([
      { rule: 'bin-hot', value: 33, raisedAt: clock('10:09'), severity: 'high' },
    ]);
  });

  it('is found across a restart: where it came from is remembered', () => {
    const site = watchedBy(HOT);
    site.start(clock('09:00'));
    site.hear(warm(22, clock('10:00')));
    const after = restarted(site, clock('10:02'), [HOT]);
    after.hear(warm(40, clock('10:05')));
    expect(after.alarms()).toMatchObject([{ raisedAt: clock('10:05') }]);
  });

  it('is not found by a doubted reading, nor from one', () => {
    const site = watchedBy(HOT);
    site.hear(warm(22, clock('10:00')));
    site.hear({ ...warm(90, clock('10:01')), doubt: 'jump' });
    site.hear(warm(23, clock('10:02')));
    site.hear({ ...warm(5, clock('10:03')), doubt: 'jump' });
    site.hear(warm(24, clock('10:04')));
    expect(site.alarms()).toEqual([]);
  });

  it('and then says nothing more is not called cool', () => {
    const site = watchedBy(HOT);
    site.hear(warm(22, clock('10:00')));
    site.hear(warm(50, clock('10:05')));
    site.wait(clock('20:00'));
    expect(site.speaking()).toEqual(['bin-hot:k1-wet']);
  });

  it('is held for as long as its rule says', () => {
    const site = watchedBy({ ...HOT, holdFor: minutes(2) });
    site.hear(warm(22, clock('10:00')));
    site.hear(warm(40, clock('10:05')));
    site.wait(clock('10:06:59.999'));
    expect(site.alarms()).toEqual([]);
    site.wait(clock('10:07'));
    expect(site.alarms()).toMatchObject([{ raisedAt: clock('10:07') }]);
  });
});

it('a sensor that trembles is an alarm, and a reading of something else changes nothing', () => {
  const site = watchedBy(TREMBLES);
  for (let n = 0; n < 12; n++) {
    const at = later(clock('10:00'), seconds(n * 60));
    site.hear({ asset: 'k1-wet', quantity: 'distance', value: 500 + (n % 2) * 200, at });
    site.hear(warm(20, at));
  }
  expect(site.speaking()).toEqual(['trembles:k1-wet']);
  expect([...site.standing.traces.all()].map(([key]) => key)).toEqual(['trembles:k1-wet']);
});

it('a lamp that is switched on and draws nothing disagrees with its meter, whichever spoke last', () => {
  const site = watchedBy(SWITCHED);
  site.hear({ asset: 'lamp-1', quantity: 'on', value: 1, at: clock('20:00') });
  expect(site.alarms()).toEqual([]);
  site.hear(draws(0.3, clock('20:01')));
  expect(site.speaking()).toEqual(['switched:lamp-1']);
  site.hear({ asset: 'lamp-1', quantity: 'on', value: 0, at: clock('20:02') });
  expect(site.speaking()).toEqual([]);
});

describe('a lamp that goes out again and again', () => {
  const flickering = (): FoldedSite => {
    const site = watchedBy({ ...LAMP_OUT, holdFor: seconds(0) }, FLICKERS);
    for (const minute of [0, 10, 20, 30]) {
      site.hear(draws(0, later(clock('20:00'), minutes(minute))));
      site.hear(draws(28, later(clock('20:05'), minutes(minute))));
    }
    return site;
  };

  it('is one alarm more with the fourth time within an hour', () => {
    const site = flickering();
    expect(site.alarmOf('flickers', 'lamp-1')).toMatchObject({
      raisedAt: clock('20:30'),
      value: 4,
    });
    expect(site.speaking()).toEqual(['flickers:lamp-1']);
  });

  it('is over by itself an hour after the first of the four', () => {
    const site = flickering();
    site.wait(clock('20:59:59.999'));
    expect(site.speaking()).toEqual(['flickers:lamp-1']);
    site.wait(clock('21:00'));
    expect(site.alarmOf('flickers', 'lamp-1')).toMatchObject({ clearedAt: clock('21:00') });
  });

  it('is over at the same moment where the gateway was started anew in between', () => {
    const site = flickering();
    const rules = [{ ...LAMP_OUT, holdFor: seconds(0) }, FLICKERS];
    const after = restarted(site, clock('20:40'), rules);
    after.wait(clock('20:59:59.999'));
    expect(after.speaking()).toEqual(['flickers:lamp-1']);
    after.wait(clock('21:00'));
    expect(after.speaking()).toEqual([]);
  });
});

describe('a device whose silence is learned', () => {
  const everyMinute = (): FoldedSite => {
    const site = watchedBy(QUIET);
    site.start(clock('09:59'));
    for (let n = 0; n <= 12; n++) site.hear(draws(28, later(clock('10:00'), minutes(n))));
    return site;
  };

  it('is silent after three of the minutes at which it spoke, not after five', () => {
    const site = everyMinute();
    site.wait(clock('10:14:59.999'));
    expect(site.speaking()).not.toContain('quiet:lamp-1');
    site.wait(clock('10:15'));
    expect(site.speaking()).toContain('quiet:lamp-1');
    site.hear(draws(28, clock('10:16')));
    expect(site.speaking()).not.toContain('quiet:lamp-1');
  });

  it('keeps what it learned over a restart, and the outage teaches nothing', () => {
    const after = restarted(everyMinute(), clock('18:00'), [QUIET]);
    after.hear(draws(28, clock('18:01')));
    after.wait(clock('18:03:59.999'));
    expect(after.speaking()).not.toContain('quiet:lamp-1');
    after.wait(clock('18:04'));
    expect(after.speaking()).toContain('quiet:lamp-1');
  });

  it('that is not known yet has five of its intervals', () => {
    const site = watchedBy(QUIET);
    site.start(clock('10:00'));
    site.wait(clock('10:04:59.999'));
    expect(site.speaking()).toEqual([]);
    site.wait(clock('10:05'));
    expect(site.speaking()).toHaveLength(6);
  });
});

describe('a load outside the drop-off windows', () => {
  const WINDOWS = [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], fromMinute: 420, toMinute: 540 },
  ] as const;
  const compound = {
    ...COMPOUND,
    stations: new Map([['k1', { id: 'k1', name: '1号投放点', windows: WINDOWS }]]),
    assets: new Map<string, Asset>([
      ...COMPOUND.assets,
      ['k1-scale', { kind: 'scale', id: 'k1-scale', name: '台秤', station: 'k1' }],
    ]),
  };
  const station = (...rules: RuleSettings[]): FoldedSite =>
    foldedSite({ ...SMALL_SITE, compound, rules });
  /** Every five seconds for half a minute, so that it comes to rest. */
  const rests = (site: FoldedSite, kg: number, from: Instant, asset = 'k1-wet') => {
    for (let n = 0; n < 7; n++)
      site.hear({ asset, quantity: 'net', value: kg, at: later(from, seconds(n * 5)) });
  };
  const throwsIn = (kg: number, time: string, rule: RuleSettings = OFF_HOURS): FoldedSite => {
    const site = station(rule);
    rests(site, 10, clock('05:00'));
    rests(site, 10 + kg, clock(time));
    return site;
  };

  it.each([
    ['when it opens', '07:00', 3, false],
    ['within it', '08:00', 3, false],
    ['when it closes', '09:00', 3, true],
    ['at night', '23:00', 3, true],
    ['light enough to let pass', '23:00', 0.5, false],
    ['a little heavier', '23:00', 0.51, true],
  ])('%s (%s, %d kg) is an alarm: %s', (_, time, kg, isAlarm) => {
    const site = throwsIn(kg, time);
    expect(site.alarms().length > 0).toBe(isAlarm);
  });

  it('that rests a moment before they open is over before anybody hears of it', () => {
    expect(throwsIn(3, '06:59:59.999').alarms()).toEqual([]);
  });

  it('says how heavy it was', () => {
    const [alarm] = throwsIn(3, '23:00').alarms();
    expect(alarm).toMatchObject({ rule: 'off-hours', asset: 'k1-wet', quantity: 'net' });
    expect(alarm?.value).toBeCloseTo(3);
  });

  it('is one alarm for the night, and over when the next window opens', () => {
    const site = throwsIn(3, '23:00');
    rests(site, 15, clock('23:30'));
    expect(site.alarms()).toHaveLength(1);
    site.wait(later(clock('06:59:59.999'), minutes(24 * 60)));
    expect(site.speaking()).toEqual(['off-hours:k1-wet']);
    site.wait(later(clock('07:00'), minutes(24 * 60)));
    expect(site.speaking()).toEqual([]);
  });

  it('is not found again in the night after', () => {
    const site = throwsIn(3, '23:00');
    site.wait(later(clock('12:00'), minutes(24 * 60)));
    rests(site, 13, later(clock('23:30'), minutes(24 * 60)));
    expect(site.alarms()).toHaveLength(1);
    expect(site.speaking()).toEqual([]);
  });

  it.each([
    ['taken back', 10],
    ['collected', 0],
  ])('that is %s is over', (_, kg) => {
    const site = throwsIn(3, '23:00');
    rests(site, kg, clock('23:02'));
    expect(site.speaking()).toEqual([]);
  });

  it('out of the rule’s own hours is not spoken of, then or later', () => {
    const evening = [
      { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], fromMinute: 1200, toMinute: 1320 },
    ] as const;
    const site = throwsIn(3, '23:00', {
      ...OFF_HOURS,
      during: { spans: evening, holidays: 'as-weekdays' },
    });
    site.wait(later(clock('21:00'), minutes(24 * 60)));
    expect(site.alarms()).toEqual([]);
  });

  it('on a platform scale is found too', () => {
    const site = station({ ...OFF_HOURS, on: 'scale' });
    rests(site, 10, clock('05:00'), 'k1-scale');
    rests(site, 14, clock('23:00'), 'k1-scale');
    expect(site.speaking()).toEqual(['off-hours:k1-scale']);
  });

  it('at a station without windows is none', () => {
    const site = watchedBy(OFF_HOURS);
    rests(site, 10, clock('05:00'));
    rests(site, 14, clock('23:00'));
    expect(site.alarms()).toEqual([]);
  });
});
