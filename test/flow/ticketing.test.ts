// How alarms and people meet in a ticket, seen through the fold.
import { describe, expect, it } from 'vitest';
import type { CommandEntry } from '../../gateway/domain/record.ts';
import { milliseconds, type Instant } from '../../gateway/domain/time.ts';
import { DEFAULT_WORK } from '../../gateway/domain/work.ts';
import { command, foldedSite, watchedBy, type FoldedSite } from '../fakes/folded-site.ts';
import { BIN_FULL, CIRCUIT_DOWN, clock, LAMP_OUT, LAMPS, SMALL_SITE } from '../fakes/small-site.ts';

const NO_HOLD = milliseconds(0);
const FULL_AT_ONCE = { ...BIN_FULL, holdFor: NO_HOLD };
const fill = (value: number, at: Instant) =>
  ({ asset: 'k1-wet', quantity: 'fill', value, at }) as const;
const power = (asset: string, value: number, at: Instant) =>
  ({ asset, quantity: 'power', value, at }) as const;

const full = (): FoldedSite => {
  const site = watchedBy(FULL_AT_ONCE);
  site.hear(fill(0.95, clock('10:00')));
  return site;
};

function does(
  site: FoldedSite,
  action: string,
  time: string,
  more: Partial<CommandEntry> = {},
): void {
  site.fold(command({ on: 'ticket', id: 'T1', action, at: clock(time), ...more }));
}

const steps = (site: FoldedSite): string[] =>
  site.tickets()[0]!.history.map(({ action, role }) => `${role} ${action}`);

describe('an alarm', () => {
  it('opens a ticket for its team, that says where and what', () => {
    const site = full();
    expect(site.tickets()).toMatchObject([
      {
        id: 'T1',
        number: 1,
        category: 'bin-full',
        team: 'cleaners',
        severity: 'medium',
        asset: 'k1-wet',
        place: '1号投放点 湿垃圾桶',
        title: '1号投放点 湿垃圾桶 桶满',
        raisedBy: 'rule bin-full',
        raisedAt: clock('10:00'),
        alarms: ['A1'],
      },
    ]);
    expect(site.alarms()).toMatchObject([{ ticket: 'T1' }]);
  });

  it('of a rule without a ticket opens none', () => {
    const { ticket: _ticket, ...shownOnly } = FULL_AT_ONCE;
    const site = watchedBy(shownOnly);
    site.hear(fill(0.95, clock('10:00')));
    expect([site.alarms().length, site.tickets().length]).toEqual([1, 0]);
  });

  it('that clears closes its ticket, rectified and verified by the sensor', () => {
    const site = full();
    site.hear(fill(0.1, clock('10:30')));
    expect(site.work()).toEqual(['bin-full k1-wet closed']);
    expect(steps(site)).toEqual(['sensor raise', 'sensor rectify', 'sensor verify']);
  });

  it('that comes again after its ticket is closed opens a new one', () => {
    const site = full();
    site.hear(fill(0.1, clock('10:30')));
    site.hear(fill(0.95, clock('10:40')));
    expect(site.work()).toEqual(['bin-full k1-wet closed', 'bin-full k1-wet raised']);
    expect(site.tickets().map(({ number }) => number)).toEqual([1, 2]);
  });

  it('joins the ticket of another rule of the same category on the same bin', () => {
    const overfull = { ...FULL_AT_ONCE, id: 'bin-overfull', limit: 0.97, clearAt: 0.95 };
    const site = watchedBy(FULL_AT_ONCE, overfull);
    site.hear(fill(0.95, clock('10:00')));
    site.hear(fill(0.99, clock('10:10')));
    expect(site.tickets()).toMatchObject([{ alarms: ['A1', 'A2'], version: 2 }]);
    site.hear(fill(0.8, clock('10:20')));
    expect(site.work()).toEqual(['bin-full k1-wet raised']);
    site.hear(fill(0.1, clock('10:30')));
    expect(site.work()).toEqual(['bin-full k1-wet closed']);
  });

  it('joins what a person has reported already, and its clearing rectifies that', () => {
    const site = watchedBy(FULL_AT_ONCE);
    site.fold(
      command({
        on: 'ticket',
        action: 'raise',
        at: clock('09:50'),
        body: { category: 'bin-full', asset: 'k1-wet', title: '满了' },
      }),
    );
    site.hear(fill(0.95, clock('10:00')));
    site.hear(fill(0.1, clock('10:30')));
    expect(site.tickets()).toMatchObject([{ title: '满了', alarms: ['A1'], state: 'rectified' }]);
  });

  it('never closes a ticket that was declined', () => {
    const site = full();
    does(site, 'decline', '10:05', { body: { reason: 'a test' } });
    site.hear(fill(0.1, clock('10:30')));
    expect(site.work()).toEqual(['bin-full k1-wet declined']);
  });
});

describe('a person who rectifies', () => {
  it('while the sensor still sees it waits for the sensor’s word', () => {
    const site = full();
    does(site, 'rectify', '10:05', { role: 'cleaner', body: { note: 'emptied' } });
    expect(site.work()).toEqual(['bin-full k1-wet rectified']);
    site.hear(fill(0.1, clock('10:06')));
    expect(site.work()).toEqual(['bin-full k1-wet closed']);
    expect(steps(site)).toEqual(['sensor raise', 'cleaner rectify', 'sensor verify']);
  });

  it('what no sensor watches, on the short route, closes it with that word', () => {
    const site = foldedSite({
      ...SMALL_SITE,
      rules: [],
      work: { ...DEFAULT_WORK, routes: { ads: 'short' } },
    });
    site.fold(
      command({
        on: 'ticket',
        action: 'raise',
        at: clock('09:50'),
        body: { category: 'ads', title: '小广告' },
      }),
    );
    does(site, 'rectify', '10:05', { body: { note: 'removed' } });
    expect(site.work()).toEqual(['ads undefined closed']);
    expect(steps(site)).toEqual(['engineer raise', 'engineer rectify', 'gateway verify']);
  });

  it('what was reopened, and whose alarm is long over, closes it again', () => {
    const site = full();
    site.hear(fill(0.1, clock('10:30')));
    does(site, 'reopen', '11:00', { body: { reason: 'lid broken' } });
    expect(site.tickets()).toMatchObject([{ state: 'answered', returns: 1 }]);
    does(site, 'rectify', '11:30', { body: { note: 'lid mended' } });
    expect(site.work()).toEqual(['bin-full k1-wet closed']);
  });
});

describe('a step in the log', () => {
  it('that a change in between made illegal leaves the ticket as it is', () => {
    const site = full();
    does(site, 'take', '10:05');
    const [before] = site.tickets();
    does(site, 'answer', '10:06', { body: { team: 'engineers' } });
    does(site, 'take', '10:06', { id: 'T99' });
    expect(site.tickets()).toEqual([before]);
  });
});

describe('a ticket that a person opens', () => {
  it.each([
    [
      'says where by its asset',
      { category: 'lamp', title: '灯坏了', asset: 'lamp-1' },
      { place: '1号庭院灯', team: 'engineers', asset: 'lamp-1' },
    ],
    [
      'or in the person’s own words',
      { category: 'dumping', title: '垃圾', place: '3号楼后' },
      { place: '3号楼后', team: 'cleaners' },
    ],
    [
      'or means the whole compound',
      { category: 'noise', title: '吵' },
      { place: '绿苑小区', team: 'engineers' },
    ],
    [
      'has a title of its own where none is given',
      { category: 'lift' },
      { title: '绿苑小区 电梯', severity: 'medium' },
    ],
    [
      'is of no special kind where its kind is none',
      { category: 'rocket', title: '?' },
      { category: 'other' },
    ],
    [
      'is as grave as it says, where that is a word',
      { category: 'lift', severity: 'high' },
      { severity: 'high' },
    ],
    [
      'is of middling gravity otherwise',
      { category: 'lift', severity: 'apocalyptic' },
      { severity: 'medium' },
    ],
  ])('%s', (_, body, expected) => {
    const site = watchedBy();
    site.fold(command({ on: 'ticket', action: 'raise', at: clock('09:50'), body }));
    expect(site.tickets()).toMatchObject([
      { raisedBy: 'wang', raisedAt: clock('09:50'), ...expected },
    ]);
  });
});

describe('a bigger fault', () => {
  const cascade = (between: (site: FoldedSite) => void): FoldedSite => {
    const site = watchedBy(LAMP_OUT, CIRCUIT_DOWN);
    site.hear(power('lamp-1', 0.2, clock('20:00')));
    site.wait(clock('20:10'));
    between(site);
    for (const lamp of LAMPS.slice(1)) site.hear(power(lamp, 0.2, clock('20:12')));
    site.wait(clock('20:14'));
    return site;
  };

  it('takes the small ticket that nobody touched, and says why', () => {
    const site = cascade(() => undefined);
    expect(site.tickets()[0]).toMatchObject({ state: 'merged', mergedInto: 'T2' });
    expect(site.tickets()[0]?.history.at(-1)).toMatchObject({
      by: 'gateway',
      action: 'merge',
      reason: 'A2: 回路中超过 50 % 的灯同时熄灭，持续 1 分钟',
    });
  });

  it('leaves theirs to those who have taken it, and rectifies it when their lamp is lit', () => {
    const site = cascade((site) => does(site, 'take', '20:11'));
    expect(site.work()).toEqual(['lamp lamp-1 answered', 'electricity c1 raised']);
    for (const lamp of LAMPS) site.hear(power(lamp, 28, clock('21:00')));
    expect(site.work()).toEqual(['lamp lamp-1 rectified', 'electricity c1 rectified']);
  });

  it('that is over leaves a taken ticket open while its own lamp is still dark', () => {
    const site = cascade((site) => does(site, 'take', '20:11'));
    for (const lamp of LAMPS.slice(1)) site.hear(power(lamp, 28, clock('21:00')));
    site.wait(clock('21:30'));
    expect(site.work()).toEqual(['lamp lamp-1 answered', 'electricity c1 rectified']);
    expect(site.tickets()[0]?.alarms).toEqual(['A1', 'A3']);
  });
});
