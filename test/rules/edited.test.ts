// The site file was edited while a rule spoke: what the next start makes of it.
import { describe, expect, it } from 'vitest';
import type { RuleSettings } from '../../gateway/domain/rule.ts';
import { minutes, type Instant } from '../../gateway/domain/time.ts';
import { watchedBy, type FoldedSite } from '../fakes/folded-site.ts';
import { restarted } from '../fakes/restarted-site.ts';
import { BIN_FULL, clock, SILENT } from '../fakes/small-site.ts';

const fill = (value: number, at: Instant) =>
  ({ asset: 'k1-wet', quantity: 'fill', value, at }) as const;

describe('an alarm that stands', () => {
  const raised = (): FoldedSite => {
    const site = watchedBy(BIN_FULL);
    site.start(clock('09:00'));
    site.hear(fill(0.95, clock('10:00')));
    site.wait(clock('10:10'));
    return site;
  };
  const edited = (...rules: RuleSettings[]): FoldedSite =>
    restarted(raised(), clock('11:00'), rules);

  it('whose rule was deleted is over, and says why', () => {
    const [alarm] = edited(SILENT).alarms();
    expect(alarm).toMatchObject({ clearedAt: clock('11:00'), endedBy: 'rule-gone' });
  });

  it('whose limit was changed is over, says why, and is judged anew with the full hold', () => {
    const site = edited({ ...BIN_FULL, limit: 0.94 });
    expect(site.alarms()).toMatchObject([
      { id: 'A1', clearedAt: clock('11:00'), endedBy: 'rule-changed' },
    ]);
    site.wait(clock('11:09:59.999'));
    expect(site.speaking()).toEqual([]);
    site.wait(clock('11:10'));
    expect(site.alarmOf('bin-full', 'k1-wet')).toMatchObject({
      id: 'A2',
      raisedAt: clock('11:10'),
      text: expect.stringContaining('94 %') as string,
    });
  });

  it('that the new limit would not raise is over for good', () => {
    const site = edited({ ...BIN_FULL, limit: 0.97 });
    site.wait(clock('20:00'));
    expect(site.speaking()).toEqual([]);
  });

  it('whose quantity was changed says nothing of the new one', () => {
    const site = edited({ ...BIN_FULL, quantity: 'net', limit: 90, clearAt: 80 });
    site.wait(clock('20:00'));
    expect(site.speaking()).toEqual([]);
    expect(site.alarms()).toMatchObject([{ endedBy: 'rule-changed' }]);
  });

  it.each<[string, Partial<typeof BIN_FULL>]>([
    ['is graver now', { severity: 'high' }],
    ['is held longer now', { holdFor: minutes(30) }],
    ['clears later now', { clearFor: minutes(5) }],
    ['opens no ticket any more', { ticket: { category: 'other', team: 'engineers' } }],
  ])('whose rule %s stands as it stood', (_, change) => {
    const site = edited({ ...BIN_FULL, ...change });
    expect(site.alarms()).toMatchObject([{ id: 'A1', raisedAt: clock('10:10') }]);
    expect(site.alarms()[0]).not.toHaveProperty('endedBy');
    expect(site.speaking()).toEqual(['bin-full:k1-wet']);
  });

  it('is changed once: the start after that finds nothing new', () => {
    const changed = { ...BIN_FULL, limit: 0.94 };
    const site = restarted(raised(), clock('11:00'), [changed]);
    site.wait(clock('11:10'));
    const saved = site.standing.takeChanges();
    expect(saved.puts.some(([key]) => key === 'asked:bin-full')).toBe(true);
    site.start(clock('12:00'));
    expect(site.speaking()).toEqual(['bin-full:k1-wet']);
  });
});

it('a hold under way begins anew where the limit was changed', () => {
  const site = watchedBy(BIN_FULL);
  site.start(clock('09:00'));
  site.hear(fill(0.95, clock('10:00')));
  site.wait(clock('10:09'));
  const after = restarted(site, clock('11:00'), [{ ...BIN_FULL, limit: 0.94 }]);
  after.wait(clock('11:09:59.999'));
  expect(after.alarms()).toEqual([]);
  after.wait(clock('11:10'));
  expect(after.alarms()).toMatchObject([{ raisedAt: clock('11:10') }]);
});

it('rules that were never noted, as after an upgrade, are taken as they were', () => {
  const site = watchedBy(BIN_FULL);
  site.hear(fill(0.95, clock('10:00')));
  site.wait(clock('10:10'));
  const after = restarted(site, clock('11:00'), [{ ...BIN_FULL, limit: 0.94 }]);
  expect(after.speaking()).toEqual(['bin-full:k1-wet']);
});
