// What people do to an alarm, and what time does to a shelf.
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../gateway/domain/time.ts';
import { command, watchedBy, type FoldedSite } from '../fakes/folded-site.ts';
import { BIN_FULL, clock } from '../fakes/small-site.ts';

const fill = (value: number, at: Instant) =>
  ({ asset: 'k1-wet', quantity: 'fill', value, at }) as const;

describe('what people do to an alarm', () => {
  const raised = (): FoldedSite => {
    const site = watchedBy(BIN_FULL);
    site.hear(fill(0.95, clock('10:00')));
    site.wait(clock('10:10'));
    return site;
  };
  const say = (site: FoldedSite, action: string, time: string, body = {}): void =>
    void site.fold(command({ on: 'alarm', id: 'A1', action, at: clock(time), body }));

  it('acknowledging does not clear it, and clearing then ends it', () => {
    const site = raised();
    say(site, 'acknowledge', '10:15');
    expect(site.alarms()).toMatchObject([{ state: 'active-acknowledged', acknowledgedBy: 'wang' }]);
    site.hear(fill(0.1, clock('10:20')));
    expect(site.alarms()).toMatchObject([{ state: 'normal' }]);
  });

  it('a shelf ends by itself at its time, not before', () => {
    const site = raised();
    say(site, 'shelve', '10:15', { reason: 'painting', until: clock('12:00') });
    site.wait(clock('11:59:59.999'));
    expect(site.alarms()).toMatchObject([{ state: 'shelved', shelvedReason: 'painting' }]);
    site.wait(clock('12:00'));
    expect(site.alarms()).toMatchObject([{ state: 'active-unacknowledged' }]);
    expect(site.alarms()[0]).not.toHaveProperty('shelvedUntil');
  });

  it('a shelf taken down by hand does not end a second time', () => {
    const site = raised();
    say(site, 'shelve', '10:15', { reason: 'painting', until: clock('12:00') });
    say(site, 'unshelve', '10:20');
    say(site, 'acknowledge', '10:21');
    site.wait(clock('13:00'));
    expect(site.alarms()).toMatchObject([{ state: 'active-acknowledged' }]);
  });

  it('a shelf prolonged ends at the later time', () => {
    const site = raised();
    say(site, 'shelve', '10:15', { reason: 'painting', until: clock('11:00') });
    say(site, 'shelve', '10:50', { reason: 'rain', until: clock('12:00') });
    site.wait(clock('11:30'));
    expect(site.alarms()).toMatchObject([{ state: 'shelved', shelvedReason: 'rain' }]);
    site.wait(clock('12:00'));
    expect(site.alarms()).toMatchObject([{ state: 'active-unacknowledged' }]);
  });

  it('nothing at all happens to an alarm that nobody knows, or by a word that nobody knows', () => {
    const site = raised();
    const before = site.alarms();
    site.fold(command({ on: 'alarm', id: 'A99', action: 'acknowledge', at: clock('10:15') }));
    say(site, 'explode', '10:15');
    expect(site.alarms()).toEqual(before);
  });
});
