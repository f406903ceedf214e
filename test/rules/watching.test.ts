// From readings to alarms, one subject at a time, as timelines over the small site.
import { describe, expect, it } from 'vitest';
import { DOUBTS } from '../../gateway/domain/reading.ts';
import { instant, later, milliseconds, minutes, type Instant } from '../../gateway/domain/time.ts';
import { line, watchedBy, type FoldedSite } from '../fakes/folded-site.ts';
import { BIN_FULL, clock, LEAK, LINE_LOST, SILENT, STUCK } from '../fakes/small-site.ts';

const fill = (value: number, at: Instant) =>
  ({ asset: 'k1-wet', quantity: 'fill', value, at }) as const;

/** What is only undated is believed. */
const DISBELIEVED = DOUBTS.filter((doubt) => doubt !== 'unsynchronised');

describe('a full bin', () => {
  const full = (): FoldedSite => {
    const site = watchedBy(BIN_FULL);
    site.hear(fill(0.95, clock('10:00')));
    return site;
  };

  it('raises nothing a millisecond before its hold is over, and one alarm when it is', () => {
    const site = full();
    site.wait(clock('10:09:59.999'));
    expect(site.alarms()).toEqual([]);
    site.wait(clock('10:10'));
    expect(site.alarms()).toMatchObject([
      { rule: 'bin-full', asset: 'k1-wet', raisedAt: clock('10:10'), value: 0.95 },
    ]);
  });

  it('rises at its own instant, however late the next word comes', () => {
    const site = full();
    site.hear(fill(0.97, clock('11:00')));
    expect(site.alarms()).toMatchObject([
      { raisedAt: clock('10:10'), state: 'active-unacknowledged' },
    ]);
  });

  it('that the next word finds emptied had been full: the alarm rose and is over', () => {
    const site = full();
    site.hear(fill(0.1, clock('10:30')));
    expect(site.alarms()).toMatchObject([
      { raisedAt: clock('10:10'), clearedAt: clock('10:30'), state: 'returned-unacknowledged' },
    ]);
  });

  it('emptied within the hold raises nothing, ever', () => {
    const site = full();
    site.hear(fill(0.1, clock('10:09:59.999')));
    site.wait(clock('23:00'));
    expect(site.alarms()).toEqual([]);
  });

  it('wobbling between limit and clear level keeps one alarm', () => {
    const site = full();
    for (const [time, value] of [
      ['10:11', 0.85],
      ['10:12', 0.95],
      ['10:13', 0.71],
      ['10:30', 0.99],
    ] as const)
      site.hear(fill(value, clock(time)));
    expect(site.alarms()).toHaveLength(1);
    expect(site.alarms()[0]?.clearedAt).toBeUndefined();
  });

  it('full again later is a new alarm, and nobody need acknowledge the old one', () => {
    const site = full();
    site.hear(fill(0.1, clock('10:30')));
    site.hear(fill(0.95, clock('11:00')));
    site.wait(clock('11:10'));
    expect(site.alarms().map(({ id, state, raisedAt }) => [id, state, raisedAt])).toEqual([
      ['A1', 'normal', clock('10:10')],
      ['A2', 'active-unacknowledged', clock('11:10')],
    ]);
  });

  it('is found by its distance, through its geometry', () => {
    const site = watchedBy(BIN_FULL);
    const derived = site.hear({
      asset: 'k1-wet',
      quantity: 'distance',
      value: 210,
      at: clock('10:00'),
    });
    expect(derived).toMatchObject([
      { kind: 'derived', quantity: 'fill', value: 0.9875, origin: 1 },
    ]);
    site.wait(clock('10:10'));
    expect(site.alarms()).toMatchObject([{ rule: 'bin-full', quantity: 'fill', value: 0.9875 }]);
  });

  it.each(DISBELIEVED)(
    'is not called full by a doubted reading (%s), nor called emptied',
    (doubt) => {
      const site = watchedBy(BIN_FULL);
      site.hear({ ...fill(0.95, clock('10:00')), doubt });
      site.wait(clock('10:30'));
      expect(site.alarms()).toEqual([]);
      site.hear(fill(0.95, clock('11:00')));
      site.hear({ ...fill(0.1, clock('11:05')), doubt });
      site.wait(clock('11:10'));
      site.hear({ ...fill(0.1, clock('11:15')), doubt });
      expect(site.speaking()).toEqual(['bin-full:k1-wet']);
      expect(site.standing.assets.get('k1-wet')?.latest.fill?.value).toBe(0.95);
    },
  );
});

it('a leak without a hold is raised with its first reading', () => {
  const site = watchedBy(LEAK);
  site.hear({ asset: 'lamp-1', quantity: 'leak', value: 30.1, at: clock('10:00') });
  expect(site.alarms()).toMatchObject([{ rule: 'leak', raisedAt: clock('10:00'), value: 30.1 }]);
});

describe('history that a cut-off device sends when it is back', () => {
  const cutOff = (): FoldedSite => {
    const site = watchedBy(BIN_FULL, LEAK);
    site.hear(fill(0.2, clock('08:00')));
    return site;
  };
  const keptReading = (value: number, observedAt: Instant, at: Instant) => ({
    ...fill(value, at),
    observedAt,
  });

  it('raises nothing, and does not show as how things stand', () => {
    const site = cutOff();
    for (let n = 0; n < 60; n += 1)
      site.hear(
        keptReading(
          0.95,
          later(clock('08:01'), minutes(n)),
          later(clock('12:00'), milliseconds(n * 14_000)),
        ),
      );
    expect(site.standing.assets.get('k1-wet')?.latest.fill?.value).toBe(0.2);
    site.hear(fill(0.1, clock('12:15')));
    site.wait(clock('13:00'));
    expect(site.alarms()).toEqual([]);
  });

  it('still yields what follows from it, for the books', () => {
    const site = cutOff();
    const said = {
      ...keptReading(600, clock('09:00'), clock('12:00')),
      quantity: 'distance',
    } as const;
    expect(site.hear(said)).toMatchObject([
      { quantity: 'fill', value: 0.5, observedAt: clock('09:00') },
    ]);
  });

  it('proves that the device is there', () => {
    const site = watchedBy(SILENT);
    site.hear(fill(0.2, clock('08:00')));
    site.wait(clock('09:00'));
    site.hear(keptReading(0.2, clock('08:01'), clock('12:00')));
    expect(site.alarmOf('silent', 'k1')).toMatchObject({ clearedAt: clock('12:00') });
  });

  it('from a device whose clock is an hour slow is no history: its bin is as full as any', () => {
    const site = watchedBy(BIN_FULL);
    for (const time of ['10:00', '10:05', '10:10'])
      site.hear(keptReading(0.95, instant(clock(time) - minutes(60)), clock(time)));
    expect(site.alarms()).toMatchObject([{ raisedAt: clock('10:10') }]);
  });
});

describe('a silent device', () => {
  const heard = (): FoldedSite => {
    const site = watchedBy(SILENT);
    site.hear(fill(0.2, clock('10:00')));
    return site;
  };

  it('is called silent at ten minutes, not a millisecond before', () => {
    const site = heard();
    site.wait(clock('10:09:59.999'));
    expect(site.alarms()).toEqual([]);
    site.wait(clock('10:10'));
    expect(site.alarms()).toMatchObject([
      { rule: 'silent', asset: 'k1', raisedAt: clock('10:10') },
    ]);
  });

  it('that goes on speaking never is; doubted words count as words', () => {
    const site = heard();
    for (let n = 1; n < 60; n += 1)
      site.hear({ ...fill(0.2, later(clock('10:00'), minutes(n * 9))), doubt: 'jump' });
    expect(site.alarms()).toEqual([]);
  });

  it('is fine with its first word', () => {
    const site = heard();
    site.hear(fill(0.2, clock('12:00')));
    expect(site.alarms()).toMatchObject([{ clearedAt: clock('12:00') }]);
  });

  it('that is held against for two minutes more, and speaks within them, is never accused', () => {
    const site = watchedBy({ ...SILENT, holdFor: minutes(2) });
    site.hear(fill(0.2, clock('10:00')));
    site.wait(clock('10:10'));
    expect(site.phase('silent:k1')).toBe('holding');
    site.hear(fill(0.2, clock('10:11:59.999')));
    site.wait(clock('10:20'));
    expect(site.alarms()).toEqual([]);
    site.wait(clock('10:30'));
    expect(site.alarms()).toMatchObject([{ raisedAt: instant(clock('10:23:59.999')) }]);
  });
});

describe('a stuck sensor', () => {
  const distance = (value: number, at: Instant) =>
    ({ asset: 'k1-wet', quantity: 'distance', value, at }) as const;
  const repeating = (site: FoldedSite, from: Instant, count: number): void => {
    for (let n = 0; n <= count; n += 1) site.hear(distance(412, later(from, minutes(n))));
  };

  it('repeats itself for an hour', () => {
    const site = watchedBy(STUCK);
    repeating(site, clock('10:00'), 59);
    expect(site.alarms()).toEqual([]);
    site.hear(distance(412, clock('11:00')));
    expect(site.alarms()).toMatchObject([{ rule: 'stuck', raisedAt: clock('11:00'), value: 412 }]);
    site.hear(distance(413, clock('11:01')));
    expect(site.alarms()).toMatchObject([{ clearedAt: clock('11:01') }]);
  });

  it('is not one that fell silent', () => {
    const site = watchedBy(STUCK);
    repeating(site, clock('10:00'), 59);
    site.wait(clock('20:00'));
    expect(site.alarms()).toEqual([]);
  });

  it('is not one that says the same before and after a long silence', () => {
    const site = watchedBy(STUCK);
    site.hear(distance(412, clock('10:00')));
    site.hear(distance(412, clock('20:00')));
    expect(site.alarms()).toEqual([]);
    repeating(site, clock('20:01'), 59);
    expect(site.alarms()).toMatchObject([{ raisedAt: clock('21:00') }]);
  });

  it('trembles by a millimetre and is well', () => {
    const site = watchedBy(STUCK);
    for (let n = 0; n < 180; n += 1)
      site.hear(distance(412 + (n % 50 === 0 ? 1 : 0), later(clock('10:00'), minutes(n))));
    expect(site.alarms()).toEqual([]);
  });
});

describe('a lost line', () => {
  it('is an alarm after its hold, with no ticket for any device behind it', () => {
    const site = watchedBy(LINE_LOST, SILENT);
    site.start(clock('09:59'));
    site.fold(line('bins-line', 'down', clock('10:00')));
    site.wait(clock('10:00:59.999'));
    expect(site.alarms()).toEqual([]);
    site.wait(clock('10:01'));
    expect(site.speaking()).toEqual(['line-lost:bins-line']);
  });

  it('back within its hold is nothing', () => {
    const site = watchedBy(LINE_LOST);
    site.fold(
      line('bins-line', 'down', clock('10:00')),
      line('bins-line', 'up', clock('10:00:59')),
    );
    site.wait(clock('12:00'));
    expect(site.alarms()).toEqual([]);
  });
});
