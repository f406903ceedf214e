// What happens between verdicts: off-delays, latches, re-alarms, severities, as timelines over the site.
import { describe, expect, it } from 'vitest';
import type { ThresholdRule } from '../../gateway/domain/rule.ts';
import { hours, milliseconds, minutes, seconds, type Instant } from '../../gateway/domain/time.ts';
import { command, watchedBy, type FoldedSite } from '../fakes/folded-site.ts';
import { BIN_FULL, clock } from '../fakes/small-site.ts';

const AT_ONCE: ThresholdRule = { ...BIN_FULL, holdFor: milliseconds(0) };
const fill = (value: number, at: Instant) =>
  ({ asset: 'k1-wet', quantity: 'fill', value, at }) as const;

function raised(change: Partial<ThresholdRule>): FoldedSite {
  const site = watchedBy({ ...AT_ONCE, ...change });
  site.start(clock('09:00'));
  site.hear(fill(0.95, clock('10:00')));
  return site;
}

const say = (site: FoldedSite, action: string, time: string, body = {}): void =>
  void site.fold(command({ on: 'alarm', id: 'A1', action, at: clock(time), body }));
const states = (site: FoldedSite): string[] => site.alarms().map(({ state }) => state);

describe('an off-delay of ten minutes', () => {
  const slow = (): FoldedSite => raised({ clearFor: minutes(10) });

  it('ends the alarm at its own instant though nothing more is heard, and not before', () => {
    const site = slow();
    site.hear(fill(0.1, clock('10:20')));
    site.wait(clock('10:29:59.999'));
    expect(site.alarms()[0]?.clearedAt).toBeUndefined();
    site.wait(clock('10:30'));
    expect(site.alarms()).toMatchObject([{ clearedAt: clock('10:30') }]);
  });

  it.each([
    ['the limit', 0.95],
    ['no more than the dead band', 0.8],
  ])('is broken by %s, and it is the same alarm', (_, value) => {
    const site = slow();
    site.hear(fill(0.1, clock('10:20')));
    site.hear(fill(value, clock('10:29')));
    site.wait(clock('10:40'));
    expect(states(site)).toEqual(['active-unacknowledged']);
    site.hear(fill(0.1, clock('10:41')));
    site.wait(clock('10:51'));
    expect(site.alarms()).toMatchObject([{ id: 'A1', clearedAt: clock('10:51') }]);
  });

  it('keeps its ticket open until it is over', () => {
    const site = slow();
    site.hear(fill(0.1, clock('10:20')));
    expect(site.work()).toEqual(['bin-full k1-wet raised']);
    site.wait(clock('10:30'));
    expect(site.work()).toEqual(['bin-full k1-wet closed']);
  });
});

describe('an alarm that stands until it was seen', () => {
  const latching = (): FoldedSite => {
    const site = raised({ ends: 'when-seen' });
    site.hear(fill(0.1, clock('10:20')));
    return site;
  };

  it('is latched when its condition goes, and its ticket stays', () => {
    const site = latching();
    expect(site.alarms()).toMatchObject([{ state: 'latched', returnedAt: clock('10:20') }]);
    expect(site.alarms()[0]).not.toHaveProperty('clearedAt');
    expect(site.work()).toEqual(['bin-full k1-wet raised']);
  });

  it('is over with the acknowledgement, and so is its work', () => {
    const site = latching();
    say(site, 'acknowledge', '11:00');
    expect(site.alarms()).toMatchObject([{ state: 'normal', clearedAt: clock('11:00') }]);
    expect(site.work()).toEqual(['bin-full k1-wet closed']);
  });

  it('is the same alarm when the condition comes back first', () => {
    const site = latching();
    site.hear(fill(0.95, clock('10:40')));
    expect(site.alarms()).toMatchObject([
      { id: 'A1', state: 'active-unacknowledged', raisedAt: clock('10:00') },
    ]);
    expect(site.work()).toEqual(['bin-full k1-wet raised']);
  });

  it('ends by itself where somebody saw it before its condition went', () => {
    const site = raised({ ends: 'when-seen' });
    say(site, 'acknowledge', '10:10');
    site.hear(fill(0.1, clock('10:20')));
    expect(states(site)).toEqual(['normal']);
  });
});

describe('a re-alarm after an hour', () => {
  const seen = (): FoldedSite => {
    const site = raised({ reAlarmAfter: hours(1) });
    say(site, 'acknowledge', '10:15');
    return site;
  };

  it('asks again at its instant and not before', () => {
    const site = seen();
    site.wait(clock('11:14:59.999'));
    expect(states(site)).toEqual(['active-acknowledged']);
    site.wait(clock('11:15'));
    expect(states(site)).toEqual(['active-unacknowledged']);
    expect(site.alarms()[0]).not.toHaveProperty('acknowledgedBy');
  });

  it('says nothing of what is over', () => {
    const site = seen();
    site.hear(fill(0.1, clock('10:30')));
    site.wait(clock('13:00'));
    expect(states(site)).toEqual(['normal']);
  });

  it('counts from the last acknowledgement', () => {
    const site = seen();
    site.wait(clock('11:15'));
    say(site, 'acknowledge', '11:40');
    site.wait(clock('12:39:59.999'));
    expect(states(site)).toEqual(['active-acknowledged']);
    site.wait(clock('12:40'));
    expect(states(site)).toEqual(['active-unacknowledged']);
  });
});

describe('a severity that follows the value', () => {
  const graver = [{ from: 0.98, severity: 'high' }] as const;
  const now = (site: FoldedSite): string[] =>
    site.alarms().map(({ severity, state }) => `${severity} ${state}`);

  it('is what its value was when it rose', () => {
    const site = watchedBy({ ...AT_ONCE, graver });
    site.hear(fill(0.98, clock('10:00')));
    expect(now(site)).toEqual(['high active-unacknowledged']);
  });

  it('rises and asks again, its ticket with it; falls without a word', () => {
    const site = raised({ graver });
    say(site, 'acknowledge', '10:05');
    site.hear(fill(0.979, clock('10:06')));
    expect(now(site)).toEqual(['medium active-acknowledged']);
    site.hear(fill(0.98, clock('10:07')));
    expect(now(site)).toEqual(['high active-unacknowledged']);
    expect(site.tickets().map(({ severity }) => severity)).toEqual(['high']);
    say(site, 'acknowledge', '10:08');
    site.hear(fill(0.92, clock('10:09')));
    expect(now(site)).toEqual(['medium active-acknowledged']);
    site.hear(fill(0.99, clock('10:10')));
    expect(now(site)).toEqual(['high active-acknowledged']);
  });

  it('says nothing on a shelf, and asks when that is over', () => {
    const site = raised({ graver });
    say(site, 'acknowledge', '10:01');
    say(site, 'shelve', '10:02', { reason: 'rain', until: clock('11:00') });
    site.hear(fill(0.99, clock('10:10')));
    expect(now(site)).toEqual(['high shelved']);
    site.wait(clock('11:00'));
    expect(now(site)).toEqual(['high active-unacknowledged']);
  });
});

describe('an alarm on its shelf', () => {
  const shelved = (body = {}): FoldedSite => {
    const site = raised({});
    say(site, 'shelve', '10:01', { reason: 'rain', until: clock('12:00'), ...body });
    return site;
  };

  it('is judged on: it comes and goes, stays one alarm, and opens no new work', () => {
    const site = shelved();
    for (let minute = 10; minute < 30; minute += 1)
      site.hear(fill(minute % 2 === 0 ? 0.1 : 0.95, clock(`10:${minute}`)));
    expect(states(site)).toEqual(['shelved']);
    expect(site.tickets()).toHaveLength(1);
  });

  it('is over at its end where its condition is gone', () => {
    const site = shelved();
    site.hear(fill(0.1, clock('10:30')));
    site.wait(clock('12:00'));
    expect(site.alarms()).toMatchObject([{ state: 'normal', clearedAt: clock('10:30') }]);
  });

  it('asks at its end where its condition came back, with work to do', () => {
    const site = shelved();
    site.hear(fill(0.1, clock('10:30')));
    site.hear(fill(0.95, clock('11:30')));
    expect(site.work()).toEqual(['bin-full k1-wet closed']);
    site.wait(clock('12:00'));
    expect(states(site)).toEqual(['active-unacknowledged']);
    expect(site.work()).toEqual(['bin-full k1-wet closed', 'bin-full k1-wet raised']);
  });

  it('without an end leaves it when it clears; the next is a new alarm', () => {
    const site = shelved({ until: undefined });
    site.wait(clock('20:00'));
    expect(states(site)).toEqual(['shelved']);
    site.hear(fill(0.1, clock('20:01')));
    site.hear(fill(0.95, clock('20:02')));
    expect(states(site)).toEqual(['normal', 'active-unacknowledged']);
  });

  it('taken out of service it stays so, come what may, until it is put back', () => {
    const site = raised({});
    say(site, 'take-out', '10:01', { reason: 'bad probe' });
    site.hear(fill(0.1, clock('10:30')));
    site.hear(fill(0.95, clock('10:31')));
    expect(site.alarms()).toMatchObject([
      { state: 'out-of-service', takenOutBy: 'wang', takenOutReason: 'bad probe' },
    ]);
    say(site, 'put-back', '11:00');
    expect(states(site)).toEqual(['active-unacknowledged']);
  });
});

it('three returns in a minute are chatter, noted on the alarm and on the one after it', () => {
  const site = watchedBy(AT_ONCE);
  for (let second = 0; second < 30; second += 5) {
    const at = (clock('10:00') + seconds(second)) as Instant;
    site.hear(fill(second % 10 === 0 ? 0.95 : 0.1, at));
  }
  site.hear(fill(0.95, clock('10:00:40')));
  expect(site.alarms().map(({ chattering = false }) => chattering)).toEqual([
    false,
    false,
    true,
    true,
  ]);
  site.hear(fill(0.1, clock('10:30')));
  site.hear(fill(0.95, clock('10:40')));
  expect(site.alarms().at(-1)).not.toHaveProperty('chattering');
});
