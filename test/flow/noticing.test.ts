import { describe, expect, it } from 'vitest';
import type { Notice } from '../../gateway/domain/notice.ts';
import type { Entry } from '../../gateway/domain/record.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { later, milliseconds } from '../../gateway/domain/time.ts';
import { createStep } from '../../gateway/flow/step.ts';
import { command, NOTHING_SAVED, numbered, reading, started, tick } from '../fakes/folded-site.ts';
import { BIN_FULL, clock, LAMP, LEAK, SMALL_SITE } from '../fakes/small-site.ts';

const OPS = { id: 'ops' };

/** What a log's fold has to tell. */
function toldOf(entries: readonly Entry[], site: Parameters<typeof createStep>[0]): Notice[] {
  const step = createStep(site, createStanding(NOTHING_SAVED));
  for (const record of numbered(entries)) step.fold(record);
  return step.takeNotices();
}

const full = (at: string, value = 0.95) =>
  reading({ asset: 'k1-wet', quantity: 'fill', value, at: clock(at) });

const OVERFLOW = [started(clock('09:00')), full('10:00'), tick(clock('10:10')), full('10:30', 0.1)];

describe('what is told of an alarm', () => {
  it('is that it was raised, with its ticket, and that it is over', () => {
    const told = toldOf(OVERFLOW, { ...SMALL_SITE, channels: [OPS] });
    const ofBin = told.filter(({ news }) => 'rule' in news && news.rule === 'bin-full');
    expect(ofBin.map(({ channel, key, subject }) => [channel, key, subject])).toEqual([
      ['ops', expect.stringMatching(/^A\d+:raised$/), expect.stringMatching(/^A\d+$/)],
      ['ops', expect.stringMatching(/^A\d+:cleared$/), ofBin[0]?.subject],
    ]);
    const [raised, over] = ofBin;
    expect(raised).toMatchObject({ at: clock('10:10'), news: { kind: 'alarm-raised' } });
    expect(raised?.news).toMatchObject({
      asset: 'k1-wet',
      severity: 'medium',
      quantity: 'fill',
      value: 0.95,
      unit: 'ratio',
      raisedAt: clock('10:10'),
      ticket: expect.any(String),
      text: expect.stringContaining('满溢度'),
    });
    expect(raised?.news).not.toHaveProperty('clearedAt');
    expect(over).toMatchObject({
      at: clock('10:30'),
      news: { kind: 'alarm-cleared', clearedAt: clock('10:30'), raisedAt: clock('10:10') },
    });
  });

  it('goes to each channel that asks for its severity', () => {
    const channels = [
      OPS,
      { id: 'crew', severities: ['medium'] as const },
      { id: 'night', severities: ['high'] as const },
    ];
    const told = toldOf(OVERFLOW, { ...SMALL_SITE, channels }).filter(
      ({ news }) => 'rule' in news && news.rule === 'bin-full',
    );
    expect(told.map(({ channel, news }) => `${channel} ${news.kind}`)).toEqual([
      'ops alarm-raised',
      'crew alarm-raised',
      'ops alarm-cleared',
      'crew alarm-cleared',
    ]);
  });

  it('is nothing of what people do to it', () => {
    const step = createStep({ ...SMALL_SITE, channels: [OPS] }, createStanding(NOTHING_SAVED));
    const records = numbered([
      ...OVERFLOW.slice(0, 3),
      command({ on: 'alarm', action: 'acknowledge', id: 'A1', at: clock('10:15') }),
    ]);
    for (const record of records.slice(0, 3)) step.fold(record);
    const raised = step.takeNotices();
    expect(raised).not.toEqual([]);
    for (const record of records.slice(3)) step.fold(record);
    expect(step.takeNotices()).toEqual([]);
  });

  it('is that it became graver, to whoever asks for that, and who heard of it hears the end', () => {
    const graver = [{ from: 0.98, severity: 'high' }] as const;
    const rules = [{ ...BIN_FULL, graver }];
    const channels = [
      { id: 'crew', severities: ['medium'] as const },
      { id: 'night', severities: ['high'] as const },
    ];
    const log = [
      ...OVERFLOW.slice(0, 3),
      full('10:20', 0.99),
      full('10:25', 0.92),
      full('10:30', 0.1),
    ];
    const told = toldOf(log, { ...SMALL_SITE, rules, channels });
    expect(told.map(({ channel, key }) => `${channel} ${key}`)).toEqual([
      'crew A1:raised',
      `night A1:high:${clock('10:20')}`,
      'crew A1:cleared',
      'night A1:cleared',
    ]);
  });

  it('is that it asks again after a shelf, and nothing while it lies there', () => {
    const rules = [BIN_FULL];
    const body = { reason: 'rain', until: clock('11:00') };
    const log = [
      ...OVERFLOW.slice(0, 3),
      command({ on: 'alarm', action: 'shelve', id: 'A1', at: clock('10:15'), body }),
      tick(clock('12:00')),
    ];
    const told = toldOf(log, { ...SMALL_SITE, rules, channels: [OPS] });
    expect(told.map(({ news, at }) => [news.kind, at])).toEqual([
      ['alarm-raised', clock('10:10')],
      ['alarm-again', clock('11:00')],
    ]);
  });

  it('is one incident where a flood of them comes: ten, the flood, and no more', () => {
    const ids = Array.from({ length: 60 }, (_, n) => `lamp-${n}`);
    const lamps = ids.map((id) => ({ ...LAMP, id, name: id }));
    const assets = new Map(lamps.map((lamp) => [lamp.id, lamp]));
    const log = ids.map((asset, n) =>
      reading({
        asset,
        quantity: 'leak',
        value: 40,
        at: later(clock('10:00'), milliseconds(n * 100)),
      }),
    );
    const compound = { ...SMALL_SITE.compound, assets };
    const told = toldOf(log, { ...SMALL_SITE, compound, rules: [LEAK], channels: [OPS] });
    expect(told).toHaveLength(11);
    expect(told.at(-1)?.news).toMatchObject({ rule: 'flood', kind: 'alarm-raised' });
  });

  it('is the same whenever the same log is folded', () => {
    const site = { ...SMALL_SITE, channels: [OPS] };
    expect(toldOf(OVERFLOW, site)).toEqual(toldOf(OVERFLOW, site));
  });

  it('is nothing where nobody is told', () => {
    expect(toldOf(OVERFLOW, SMALL_SITE)).toEqual([]);
  });

  it('ends also where its rule leaves the site file', () => {
    const standing = createStanding(NOTHING_SAVED);
    const site = { ...SMALL_SITE, channels: [OPS] };
    const before = createStep(site, standing);
    for (const record of numbered(OVERFLOW.slice(0, 3))) before.fold(record);
    const raised = before
      .takeNotices()
      .filter(({ news }) => 'rule' in news && news.rule === 'bin-full');
    const rules = site.rules.filter(({ id }) => id !== 'bin-full');
    const after = createStep({ ...site, rules }, standing);
    after.fold({ ...started(clock('11:00')), sequence: 9 });
    expect(after.takeNotices().map(({ key }) => key)).toContain(`${raised[0]?.subject}:cleared`);
  });
});
