// What a restart may and may not change. An outage of the gateway is time in which nothing was seen.
import { describe, expect, it } from 'vitest';
import type { RuleSettings } from '../../gateway/domain/rule.ts';
import type { SavedStanding } from '../../gateway/domain/standing.ts';
import { minutes, type Instant } from '../../gateway/domain/time.ts';
import { command, foldedSite, watchedBy, type FoldedSite } from '../fakes/folded-site.ts';
import {
  BIN_FULL,
  CIRCUIT_DOWN,
  clock,
  LAMP_OUT,
  LAMPS,
  SILENT,
  SMALL_SITE,
} from '../fakes/small-site.ts';

const fill = (value: number, at: Instant) =>
  ({ asset: 'k1-wet', quantity: 'fill', value, at }) as const;
const dark = (asset: string, at: Instant) =>
  ({ asset, quantity: 'power', value: 0.2, at }) as const;

/** Everything that a site would have saved by now. */
function savedBy(site: FoldedSite): SavedStanding {
  const { puts, alarms, tickets } = site.standing.takeChanges();
  return {
    slices: puts.flatMap(([key, json]) => (json === null ? [] : [[key, json] as const])),
    alarms: alarms.filter(({ state }) => state !== 'normal'),
    tickets,
  };
}

/** Switched off after its last word; on again at `at`, perhaps with another site file. */
function restarted(site: FoldedSite, at: Instant, rules: readonly RuleSettings[]): FoldedSite {
  const next = foldedSite({ ...SMALL_SITE, rules }, savedBy(site));
  next.start(at);
  return next;
}

describe('a hold', () => {
  const fullSince10 = (): FoldedSite => {
    const site = watchedBy(BIN_FULL);
    site.start(clock('09:00'));
    site.hear(fill(0.95, clock('10:00')));
    site.wait(clock('10:04'));
    return site;
  };

  it('goes on where it stood: four minutes before an outage and six after it', () => {
    const site = restarted(fullSince10(), clock('14:00'), [BIN_FULL]);
    site.wait(clock('14:05:59.999'));
    expect(site.alarms()).toEqual([]);
    site.wait(clock('14:06'));
    expect(site.alarms()).toMatchObject([{ raisedAt: clock('14:06') }]);
  });

  it('of a circuit goes on where it stood too, whatever its lamps do at the start', () => {
    const site = watchedBy(
      { ...LAMP_OUT, holdFor: minutes(5) },
      { ...CIRCUIT_DOWN, holdFor: minutes(10) },
    );
    site.start(clock('19:00'));
    for (const lamp of LAMPS) site.hear(dark(lamp, clock('20:00')));
    site.wait(clock('20:04'));
    const rules = [
      { ...LAMP_OUT, holdFor: minutes(1) },
      { ...CIRCUIT_DOWN, holdFor: minutes(10) },
    ];
    const later = restarted(site, clock('21:00'), rules);
    later.wait(clock('21:05:59.999'));
    expect(later.alarms()).toEqual([]);
    later.wait(clock('21:06'));
    expect(later.speaking()).toEqual(['circuit-down:c1']);
  });

  it('whose bin was emptied in the meantime is over with the first word', () => {
    const site = restarted(fullSince10(), clock('14:00'), [BIN_FULL]);
    site.hear(fill(0.1, clock('14:01')));
    site.wait(clock('20:00'));
    expect(site.alarms()).toEqual([]);
  });

  it('goes on across a crash too: what is folded again after the save falls due as it would have', () => {
    const site = fullSince10();
    const again = foldedSite({ ...SMALL_SITE, rules: [BIN_FULL] }, savedBy(site));
    again.hear(fill(0.96, clock('10:30')));
    expect(again.alarms()).toMatchObject([{ raisedAt: clock('10:10'), value: 0.95 }]);
  });
});

describe('a silent device', () => {
  const heardAt8 = (): FoldedSite => {
    const site = watchedBy(SILENT);
    site.start(clock('07:59'));
    for (const lamp of [...LAMPS, 'water-main', 'k1-wet'])
      site.hear({ asset: lamp, quantity: 'voltage', value: 230, at: clock('08:00') });
    return site;
  };

  it('is not accused of an outage of the gateway, but of its own silence after it', () => {
    const site = restarted(heardAt8(), clock('12:00'), [SILENT]);
    site.wait(clock('12:09:59.999'));
    expect(site.alarms()).toEqual([]);
    site.wait(clock('12:10'));
    expect(site.alarms()).toHaveLength(6);
    expect(site.alarms()[0]).toMatchObject({ raisedAt: clock('12:10') });
  });

  it('that was called silent before is still called so: a restart hears nobody', () => {
    const site = heardAt8();
    site.wait(clock('08:10'));
    expect(site.work()).toHaveLength(6);
    const after = restarted(site, clock('12:00'), [SILENT]);
    expect(after.speaking()).toHaveLength(6);
    after.wait(clock('13:00'));
    expect(after.alarms().map(({ raisedAt }) => raisedAt)).toEqual(
      Array.from({ length: 6 }, () => clock('08:10')),
    );
    expect(after.work().every((words) => words.endsWith('raised'))).toBe(true);
    after.hear(dark('lamp-1', clock('13:01')));
    expect(after.speaking()).not.toContain('silent:lamp-1');
  });
});

describe('a shelf', () => {
  const shelvedUntilNoon = (): FoldedSite => {
    const site = watchedBy(BIN_FULL);
    site.hear(fill(0.95, clock('10:00')));
    site.wait(clock('10:10'));
    const body = { reason: 'painting', until: clock('12:00') };
    site.fold(command({ on: 'alarm', id: 'A1', action: 'shelve', at: clock('10:20'), body }));
    return site;
  };

  it.each([
    ['over while the gateway was off has ended', '13:00', '13:00:01', 'active-unacknowledged'],
    ['that is not over goes on', '11:00', '11:59:59.999', 'shelved'],
    ['that is not over ends at its time', '11:00', '12:00', 'active-unacknowledged'],
  ])('%s', (_, startAt, then, state) => {
    const site = restarted(shelvedUntilNoon(), clock(startAt), [BIN_FULL]);
    site.wait(clock(then));
    expect(site.alarms()).toMatchObject([{ id: 'A1', state }]);
  });

  it('ends at its time without any start, where a crash left records to be folded again', () => {
    const site = foldedSite(SMALL_SITE, savedBy(shelvedUntilNoon()));
    site.wait(clock('12:00'));
    expect(site.alarmOf('bin-full', 'k1-wet')).toMatchObject({ state: 'active-unacknowledged' });
  });
});

it('a start believes no reading that was doubted when it came', () => {
  const site = watchedBy(BIN_FULL);
  site.hear({ ...fill(0.95, clock('10:00')), doubt: 'jump' });
  const after = restarted(site, clock('11:00'), [BIN_FULL]);
  after.wait(clock('12:00'));
  expect(after.alarms()).toEqual([]);
});

describe('with another site file', () => {
  it('an alarm whose rule is gone is over, and its ticket is left to a person', () => {
    const site = watchedBy(BIN_FULL);
    site.hear(fill(0.95, clock('10:00')));
    site.wait(clock('10:10'));
    const after = restarted(site, clock('11:00'), [SILENT]);
    expect(after.alarms()).toMatchObject([
      { clearedAt: clock('11:00'), state: 'returned-unacknowledged' },
    ]);
    expect(after.work()).toEqual(['bin-full k1-wet raised']);
    after.fold(
      command({
        on: 'ticket',
        id: 'T1',
        action: 'rectify',
        at: clock('11:05'),
        body: { note: 'emptied' },
      }),
    );
    expect(after.work()).toEqual(['bin-full k1-wet closed']);
  });

  it('what a circuit’s rule explained speaks for itself once the rule is gone, after its full time', () => {
    const site = watchedBy(LAMP_OUT, CIRCUIT_DOWN);
    site.hear(dark('lamp-1', clock('20:00')));
    site.wait(clock('20:11'));
    for (const lamp of LAMPS) site.hear(dark(lamp, clock('20:12')));
    site.wait(clock('20:30'));
    expect(site.speaking()).toEqual(['circuit-down:c1']);
    const after = restarted(site, clock('21:00'), [LAMP_OUT]);
    after.wait(clock('21:09:59.999'));
    expect(after.speaking()).toEqual([]);
    after.wait(clock('21:10'));
    expect(after.speaking()).toEqual(LAMPS.map((lamp) => `lamp-out:${lamp}`));
  });

  it('a new rule watches what is already so', () => {
    const site = watchedBy();
    site.hear(fill(0.95, clock('10:00')));
    const after = restarted(site, clock('11:00'), [BIN_FULL]);
    after.wait(clock('11:10'));
    expect(after.alarms()).toMatchObject([{ raisedAt: clock('11:10') }]);
  });
});
