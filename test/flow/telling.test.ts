import { describe, expect, it } from 'vitest';
import type { Entry } from '../../gateway/domain/record.ts';
import type { Reader } from '../../gateway/domain/reader.ts';
import { WEEKDAYS } from '../../gateway/domain/asset.ts';
import { days, later, minutes, seconds, type Instant } from '../../gateway/domain/time.ts';
import type { StepSite } from '../../gateway/flow/step.ts';
import { command, reading, started } from '../fakes/folded-site.ts';
import { BIN_FULL, clock, LEAK, SMALL_SITE } from '../fakes/small-site.ts';
import { CLEANERS, full, MANAGERS, toldSite } from '../fakes/told-site.ts';

const ticketStep = (
  action: string,
  at: Instant,
  more: Partial<Parameters<typeof command>[0]> = {},
) => command({ on: 'ticket', id: 'T1', action, by: 'li', role: 'cleaner', at, ...more });
const answered = (at: Instant, body: object = { team: 'cleaners' }): Entry =>
  ticketStep('answer', at, { by: 'manager', role: 'manager', body: { ...body } });

/** A bin is full at ten past ten, and the letter of it is out. */
function toldOnce(readers: readonly Reader[] = [CLEANERS], site?: StepSite) {
  const told = toldSite({ readers }, site);
  told.fold(started(clock('09:00')), full(clock('10:00')));
  told.wait(clock('10:11'));
  return told;
}

describe('a letter', () => {
  it('says that a bin is full and what is asked until when, once it has waited for company', () => {
    const site = toldSite({ readers: [CLEANERS] });
    site.fold(started(clock('09:00')), full(clock('10:00')));
    site.wait(clock('10:10:29.999'));
    expect(site.letters).toEqual([]);
    site.wait(clock('10:10:30'));
    expect(site.letters).toMatchObject([
      {
        reason: 'first',
        title: '[新·中] 1号投放点 湿垃圾桶 桶满，11-02 10:10 起',
        lines: ['请在 11-02 12:10 前受理', '工单 1 号'],
        tickets: ['T1'],
        severity: 'medium',
        reader: 'cleaners-group',
        notice: { channel: 'group', key: `letter:cleaners-group:${clock('10:10:30')}` },
      },
    ]);
  });

  it('leads to its ticket where the site has an address for the world', () => {
    const place = { ...SMALL_SITE.compound.place, publicUrl: 'https://luyuan.example/' };
    const compound = { ...SMALL_SITE.compound, place };
    const site = toldOnce([CLEANERS], { ...SMALL_SITE, compound, rules: [BIN_FULL] });
    expect(site.letters[0]?.link).toBe('https://luyuan.example/engineer/tickets/T1');
  });

  it('is in English where the site says so', () => {
    const site = toldSite({ readers: [CLEANERS], tongue: 'en' });
    site.fold(full(clock('10:00')));
    site.wait(clock('10:11'));
    expect(site.letters[0]?.title).toBe('[New·medium] 1号投放点 湿垃圾桶 桶满, since 11-02 10:10');
    expect(site.letters[0]?.lines).toEqual(['please answer it by 11-02 12:10', 'ticket 1']);
  });

  it('is not written where all is over before company could come', () => {
    const site = toldSite({ readers: [CLEANERS] });
    site.fold(full(clock('10:00')));
    site.wait(clock('10:10:10'));
    site.fold(full(clock('10:10:20'), 0.1));
    site.wait(clock('12:00'));
    expect(site.letters).toEqual([]);
    expect(site.bag('cleaners-group')).toMatchObject({ items: {}, counts: { 'nothing-new': 1 } });
  });

  it('shows hostile words as text, short, and without a telephone number', () => {
    const site = toldSite({ readers: [MANAGERS] });
    const title = `<img src=x onerror=alert(1)> [a](javascript:b) \u202Egnp.exe\r\n13812345678 ${'很'.repeat(65_000)}`;
    const body = { category: 'lamp', title, place: '3号楼' };
    const { id: _, ...opened } = ticketStep('open', clock('10:00'), { body, role: 'steward' }) as {
      id?: string;
    } & Entry;
    site.fold(opened as Entry);
    site.wait(clock('10:01'));
    const [letter] = site.letters;
    expect(letter?.title).toContain('<img src=x onerror=alert(1)> [a](javascript:b)');
    expect(letter?.title).not.toMatch(/[\u202E\r\n]|13812345678/u);
    expect((letter?.title ?? '').length).toBeLessThan(110);
  });
});

describe('the reason of a letter', () => {
  const TABLE: readonly [string, (site: ReturnType<typeof toldOnce>) => void, string[]][] = [
    [
      'resolved: its sensor sees the bin empty',
      (site) => {
        site.fold(full(clock('10:30'), 0.1));
        site.wait(clock('10:31'));
      },
      ['resolved'],
    ],
    ['nothing new: somebody takes it', (site) => site.fold(answered(clock('10:20'))), []],
    [
      'reminder: nobody has taken it up for four hours and it is late',
      (site) => site.wait(clock('16:16')),
      ['grew', 'grew', 'reminder'],
    ],
    [
      'no reminder while it is in hand and in time',
      (site) => {
        site.fold(answered(clock('10:20'), { team: 'cleaners', dueAt: clock('20:00') }));
        site.wait(clock('15:30'));
      },
      [],
    ],
    [
      'grew: four fifths of its time are gone, then all of it',
      (site) => site.wait(clock('12:15:31')),
      ['grew', 'grew'],
    ],
  ];
  it.each(TABLE)('%s', (_words, happens, reasons) => {
    const site = toldOnce();
    happens(site);
    expect(site.letters.slice(1).map(({ reason }) => reason)).toEqual(reasons);
  });

  it('is the flood where an incident stands for all of it, and one letter tells of it', () => {
    const ids = Array.from({ length: 60 }, (_, n) => `lamp-${n}`);
    const lamps = ids.map((id) => ({ ...LEAK_LAMP, id, name: id }));
    const compound = { ...SMALL_SITE.compound, assets: new Map(lamps.map((one) => [one.id, one])) };
    const readers = [{ ...CLEANERS, who: { kind: 'team', team: 'engineers' } as const }];
    const site = toldSite({ readers }, { ...SMALL_SITE, compound, rules: [LEAK] });
    for (const asset of ids)
      site.fold(reading({ asset, quantity: 'leak', value: 40, at: clock('10:00') }));
    site.wait(clock('10:05'));
    expect(site.reasons()).toEqual(['group flood']);
    expect(site.letters[0]?.lines.join()).toContain('60 条告警');
  });

  it('counts what is left unsaid', () => {
    const site = toldOnce();
    site.fold(answered(clock('10:20')));
    site.fold(ticketStep('comment', clock('10:21'), { body: { text: '在路上' } }));
    expect(site.bag('cleaners-group')?.counts).toMatchObject({ first: 1, 'nothing-new': 2 });
  });
});

const LEAK_LAMP = SMALL_SITE.compound.assets.get('lamp-1')!;

describe('between two letters', () => {
  it('lies the interval, and a grave thing may come once in between', () => {
    const readers = [{ ...MANAGERS, quiet: { fromMinute: 0, toMinute: 0 } }];
    const site = toldSite({ readers }, { ...SMALL_SITE, rules: [BIN_FULL, LEAK] });
    const leaks = (asset: string, at: string) =>
      site.fold(reading({ asset, quantity: 'leak', value: 40, at: clock(at) }));
    site.fold(full(clock('10:00')));
    site.wait(clock('10:11'));
    leaks('lamp-1', '10:11');
    site.wait(clock('10:12'));
    leaks('lamp-2', '10:12');
    site.wait(clock('10:16:29'));
    const at = () => site.letters.map(({ notice }) => notice.at);
    expect(at()).toEqual([clock('10:10:30'), clock('10:11:30'), clock('10:15:30')]);
  });
});

describe('quiet hours', () => {
  /** A bin is full by then, and its letter would go out half a minute later. */
  const fullBy = (time: string, readers: readonly Reader[] = [CLEANERS]) => {
    const site = toldSite({ readers });
    site.fold(full(later(clock(time), minutes(-10))));
    site.wait(later(clock(time), seconds(30)));
    return site;
  };

  it.each([
    ['20:59:29.999', 1],
    ['20:59:30', 0],
    ['23:59', 0],
    ['06:59:29', 0],
    ['06:59:30', 1],
    ['12:00', 1],
  ])('a bin that is full at %s sends %i letters at once', (time, count) => {
    expect(fullBy(time).letters).toHaveLength(count);
  });

  it('hold what is not grave until they end, over midnight, and count it', () => {
    const site = fullBy('22:00');
    expect(site.bag('cleaners-group')).toMatchObject({ counts: { quiet: 1 } });
    const morning = later(clock('07:00'), days(1));
    site.wait(later(morning, minutes(-1)));
    expect(site.letters).toEqual([]);
    site.wait(morning);
    expect(site.letters).toMatchObject([{ reason: 'quiet', notice: { at: morning } }]);
  });

  it('never hear of what came and went in them', () => {
    const site = fullBy('22:00');
    site.fold(full(clock('23:00'), 0.1));
    site.wait(later(clock('12:00'), days(1)));
    expect(site.letters).toEqual([]);
  });

  it('are gone through by what is grave', () => {
    const readers = [{ ...CLEANERS, who: { kind: 'team', team: 'engineers' } as const }];
    const site = toldSite({ readers }, { ...SMALL_SITE, rules: [LEAK] });
    site.fold(reading({ asset: 'lamp-1', quantity: 'leak', value: 40, at: clock('23:00') }));
    site.wait(clock('23:01'));
    expect(site.reasons()).toEqual(['group first']);
  });

  it('are never where they begin and end at once', () => {
    const readers = [{ ...CLEANERS, quiet: { fromMinute: 600, toMinute: 600 } }];
    expect(fullBy('23:00', readers).letters).toHaveLength(1);
  });
});

describe('hours of one’s own', () => {
  const office = { days: WEEKDAYS.slice(0, 5), fromMinute: 8 * 60, toMinute: 18 * 60 };
  const reader = (holidays: 'as-weekdays' | 'never'): Reader => ({
    ...CLEANERS,
    hours: { spans: [office], holidays },
  });
  const day = (date: string, time: string): Instant =>
    Date.parse(`${date}T${time}:00+08:00`) as Instant;

  it.each([
    // A Saturday, the National Day on a Thursday, and the weekday after the holiday.
    ['a weekend', '2026-11-07', 'as-weekdays', '2026-11-09', '08:00'],
    ['a holiday', '2026-10-01', 'never', '2026-10-08', '08:00'],
    ['a holiday that counts as a weekday', '2026-10-01', 'as-weekdays', '2026-10-01', '11:00'],
  ] as const)('keep a letter over %s', (_words, date, holidays, on, time) => {
    const site = toldSite({ readers: [reader(holidays)], repeatInterval: days(60) });
    site.fold(full(later(day(date, '11:00'), minutes(-10.5))));
    site.wait(day('2026-11-20', '12:00'));
    expect(site.letters[0]?.notice.at).toBe(day(on, time));
  });

  it('keep even what is grave', () => {
    const engineers = {
      ...reader('as-weekdays'),
      who: { kind: 'team', team: 'engineers' } as const,
    };
    const site = toldSite({ readers: [engineers] }, { ...SMALL_SITE, rules: [LEAK] });
    site.fold(reading({ asset: 'lamp-1', quantity: 'leak', value: 40, at: clock('23:00') }));
    site.wait(later(clock('07:59'), days(1)));
    expect(site.letters).toEqual([]);
    site.wait(later(clock('08:00'), days(1)));
    expect(site.letters).toHaveLength(1);
  });
});

describe('readers', () => {
  it('hear what each of them wants', () => {
    const readers: Reader[] = [
      CLEANERS,
      { ...CLEANERS, id: 'grave', over: 'mail', severities: ['high'] },
      { ...CLEANERS, id: 'lamps', over: 'mail', categories: ['lamp'] },
      { ...MANAGERS, to: 'li@example.com' },
      { ...CLEANERS, id: 'engineers', who: { kind: 'team', team: 'engineers' } },
    ];
    const site = toldOnce(readers);
    expect(site.letters.map(({ reader, to }) => [reader, to])).toEqual([
      ['cleaners-group', undefined],
      ['managers', 'li@example.com'],
    ]);
  });

  it('in one group are told once', () => {
    expect(toldOnce([CLEANERS]).letters).toHaveLength(1);
  });

  it('over a channel that the site file no longer has are none', () => {
    const site = toldOnce([{ ...CLEANERS, over: 'gone' }]);
    expect(site.letters).toEqual([]);
    expect([...site.standing.mailbags.all()]).toEqual([]);
  });

  it('who are the committee hear of what waits for them, and not of its end', () => {
    const readers = [{ ...MANAGERS, who: { kind: 'role', role: 'committee' } as const }];
    const site = toldSite({ readers }, { ...SMALL_SITE, rules: [] });
    const { id: _, ...open } = ticketStep('open', clock('10:00'), {
      body: { category: 'bin-room-dirty', place: '1号投放点' },
      by: 'zhao',
      role: 'steward',
    });
    site.fold(open, answered(clock('10:10')));
    site.wait(clock('10:20'));
    expect(site.letters).toEqual([]);
    site.fold(ticketStep('rectify', clock('11:00'), { body: { note: '已清洗' } }));
    site.wait(clock('11:01'));
    expect(site.letters[0]?.lines[0]).toMatch(/前督查$/u);
    site.fold(
      ticketStep('inspect', clock('12:00'), {
        by: 'sun',
        role: 'committee',
        body: { result: 'pass' },
      }),
    );
    site.wait(clock('13:00'));
    expect(site.letters).toHaveLength(1);
  });
});
