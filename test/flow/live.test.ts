// What a screen is told while it watches: everything first, then whole snapshots of what changed.
import { describe, expect, it } from 'vitest';
import type { LiveEvent, SiteView, SourceView } from '../../gateway/api/schemas.ts';
import { lampDuty } from '../../gateway/domain/lamp.ts';
import { milliseconds, minutes, seconds } from '../../gateway/domain/time.ts';
import { createLive } from '../../gateway/flow/live.ts';
import { command, foldedSite, line } from '../fakes/folded-site.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { smallCompound } from '../fakes/small-compound.ts';
import { BIN_FULL, COMPOUND, SMALL_SITE } from '../fakes/small-site.ts';

/** Mere readings are told this much later, together. */
const GATHERED = milliseconds(200);
const RULES = [{ ...BIN_FULL, holdFor: milliseconds(0) }];

function watched(stopwatch?: () => number) {
  const clock = handClock('2026-11-02T10:00:00+08:00');
  const site = foldedSite({ ...SMALL_SITE, rules: RULES });
  const sources: SourceView[] = [{ ...smallCompound().sources[0]!, id: 'bins-line', state: 'up' }];
  const place: SiteView = smallCompound(clock.now()).site;
  const live = createLive({
    scene: {
      compound: COMPOUND,
      rules: new Map(RULES.map((rule) => [rule.id, rule])),
      standing: site.standing,
      shouldBeOn: lampDuty(COMPOUND.place),
      deviceOf: new Map([['k1-wet', COMPOUND.devices.get('k1')!]]),
    },
    clock,
    site: () => place,
    sources: () => sources,
    ...(stopwatch && { stopwatch }),
  });
  let told: LiveEvent[] = [];
  const leave = live.watch((event) => told.push(event));
  /** kind and id of what was told since the last call. */
  const news = (): string[] => {
    const words = told.map((event) => `${event.kind} ${'id' in event.data ? event.data.id : ''}`);
    told = [];
    return words;
  };
  const fill = (value: number): void => {
    site.hear({ asset: 'k1-wet', quantity: 'fill', value, at: clock.now() });
    changed();
  };
  /** The fold has gone on, and mere readings were gathered. */
  const changed = (): void => {
    live.changed();
    clock.moveBy(GATHERED);
  };
  return { clock, site, sources, live, changed, leave, news, fill, told: () => told };
}

describe('a screen', () => {
  it('is told everything when it begins to watch, but for circuits, which have no face', () => {
    const assets = [...COMPOUND.assets.keys()].filter((id) => id !== 'c1');
    expect(watched().news()).toEqual([
      'site luyuan',
      ...assets.map((id) => `asset ${id}`),
      'source bins-line',
    ]);
  });

  it('is told of a new reading as the whole asset, and of whatever else its device speaks of', () => {
    const { fill, news, told } = watched();
    news();
    fill(0.4);
    expect(told()).toMatchObject([
      { kind: 'asset', data: { id: 'k1-wet', latest: { fill: { value: 0.4 } } } },
      { kind: 'asset', data: { id: 'k1-scale' } },
    ]);
  });

  it('is told of an alarm, its ticket and the bin that it is about', () => {
    const { fill, news } = watched();
    news();
    fill(0.95);
    const told = new Set(news());
    expect([...told].toSorted()).toEqual([
      'alarm A1',
      'asset k1-scale',
      'asset k1-wet',
      'ticket T1',
    ]);
    fill(0.95);
    expect(news()).toEqual(['asset k1-wet', 'asset k1-scale']);
  });

  it('is told of an alarm at once, and of mere readings when some have gathered', () => {
    const { site, live, clock, news } = watched();
    news();
    site.hear({ asset: 'k1-wet', quantity: 'fill', value: 0.4, at: clock.now() });
    live.changed();
    expect(news()).toEqual([]);
    site.hear({ asset: 'k1-wet', quantity: 'fill', value: 0.95, at: clock.now() });
    live.changed();
    expect(news().toSorted()).toEqual(['alarm A1', 'asset k1-wet', 'ticket T1']);
    clock.moveBy(GATHERED);
    expect(news()).toEqual(['asset k1-wet', 'asset k1-scale']);
  });

  it('is told when an alarm comes to rest', () => {
    const { fill, site, changed, clock, told, news } = watched();
    fill(0.95);
    fill(0.1);
    news();
    site.fold(command({ on: 'alarm', id: 'A1', action: 'acknowledge', at: clock.now() }));
    changed();
    expect(told()[0]).toMatchObject({ kind: 'alarm', data: { id: 'A1', state: 'normal' } });
  });

  it('is told of every asset when a line goes, for any of them may be cut off', () => {
    const { site, changed, clock, news, told } = watched();
    news();
    site.fold(line('bins-line', 'down', clock.now()));
    changed();
    expect(told().filter(({ kind }) => kind === 'asset')).toHaveLength(COMPOUND.assets.size - 1);
  });

  it('that begins to watch later sees what is open, and not what is over', () => {
    const { fill, live, site } = watched();
    fill(0.95);
    fill(0.1);
    fill(0.96);
    const seen: string[] = [];
    live.watch(({ kind, data }) => seen.push(`${kind} ${'id' in data ? data.id : ''}`));
    expect(seen.filter((words) => words.startsWith('ticket'))).toEqual(['ticket T2']);
    expect(site.tickets()).toHaveLength(2);
  });

  it('that leaves is told nothing more', () => {
    const { leave, fill, news } = watched();
    news();
    leave();
    fill(0.95);
    expect(news()).toEqual([]);
  });
});

describe('telling', () => {
  /** Every telling takes so long, as far as anybody can measure. */
  const taking = (ms: number) => {
    let now = 0;
    return () => (now += ms);
  };
  /** How long after each of three readings in a row the screen was told of it. */
  const delays = (stopwatch: () => number): number[] => {
    const { site, live, clock, news } = watched(stopwatch);
    news();
    return [0.1, 0.2, 0.3].map((value) => {
      site.hear({ asset: 'k1-wet', quantity: 'fill', value, at: clock.now() });
      live.changed();
      for (let waited = 10; waited <= 5000; waited += 10) {
        clock.moveBy(milliseconds(10));
        if (news().length > 0) return waited;
      }
      return Infinity;
    });
  };

  it.each([
    [0, [200, 200, 200]],
    [20, [200, 200, 200]],
    [50, [200, 500, 500]],
    [900, [200, 2000, 2000]],
  ])('that takes %i ms rests ten times as long, within its bounds', (ms, expected) => {
    expect(delays(taking(ms))).toEqual(expected);
  });

  it('of an alarm does not wait for a long rest', () => {
    const { site, live, clock, fill, news } = watched(taking(150));
    fill(0.1);
    news();
    site.hear({ asset: 'k1-wet', quantity: 'fill', value: 0.95, at: clock.now() });
    live.changed();
    expect(news()).toContain('alarm A1');
  });

  it('goes to whoever wants it more rarely no oftener, but of alarms at once, and misses nothing', () => {
    const { site, live, clock, fill, news } = watched();
    const slowly: string[] = [];
    const leave = live.watch(({ kind, data }) => {
      if (kind === 'asset') slowly.push(`${data.id} ${data.latest['fill']?.value}`);
      if (kind === 'alarm') slowly.push(data.id);
    }, seconds(1));
    slowly.length = 0;
    news();
    for (const value of [0.1, 0.2, 0.3, 0.4]) fill(value);
    expect(news().filter((words) => words === 'asset k1-wet')).toHaveLength(4);
    expect(slowly).toEqual([]);
    clock.moveBy(GATHERED);
    expect(slowly).toEqual(['k1-wet 0.4', 'k1-scale undefined']);
    site.hear({ asset: 'k1-wet', quantity: 'fill', value: 0.95, at: clock.now() });
    live.changed();
    expect(slowly).toContain('A1');
    leave();
    slowly.length = 0;
    fill(0.1);
    clock.moveBy(seconds(3));
    expect(slowly).toEqual([]);
    expect(live.watchers()).toBe(1);
  });
});

describe('time alone', () => {
  it('tells when a value grows stale, once', () => {
    const { live, clock, fill, news, told } = watched();
    fill(0.4);
    live.start();
    news();
    clock.moveBy(milliseconds(minutes(5) - GATHERED));
    expect(news()).toEqual([]);
    clock.moveBy(seconds(1));
    expect(told()).toMatchObject([{ kind: 'asset', data: { id: 'k1-wet', state: 'stale' } }]);
    news();
    clock.moveBy(minutes(60));
    expect(news()).toEqual([]);
    live.stop();
  });

  it('tells when a source fails without a word', () => {
    const { live, clock, sources, news } = watched();
    live.start();
    news();
    sources[0] = { ...sources[0]!, state: 'down', why: 'ENOENT' };
    clock.moveBy(seconds(1));
    expect(news()).toEqual(['source bins-line']);
    live.stop();
  });

  it('tells nothing after it was stopped', () => {
    const { live, clock, sources, news } = watched();
    live.start();
    live.stop();
    news();
    sources[0] = { ...sources[0]!, state: 'down' };
    clock.moveBy(minutes(1));
    expect(news()).toEqual([]);
  });
});
