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

function watched() {
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
