// How things stand as the screens see it: ages, states, and which of two bad things is shown.
import { describe, expect, it } from 'vitest';
import type { AssetView } from '../../gateway/api/schemas.ts';
import type { Asset, Device } from '../../gateway/domain/asset.ts';
import type { Quantity } from '../../gateway/domain/quantity.ts';
import type { RuleSettings, ThresholdRule } from '../../gateway/domain/rule.ts';
import { lampDuty } from '../../gateway/domain/lamp.ts';
import { later, milliseconds, minutes, type Instant } from '../../gateway/domain/time.ts';
import {
  alarmView,
  assetView,
  deviceView,
  sourceView,
  ticketView,
  type ViewScene,
} from '../../gateway/flow/views.ts';
import type { SourceHealth } from '../../gateway/sources/source.ts';
import { foldedSite, line, type FoldedSite, type Said } from '../fakes/folded-site.ts';
import {
  BIN,
  BIN_FULL,
  CIRCUIT_DOWN,
  clock,
  COMPOUND,
  LAMP_OUT,
  LAMPS,
  LEAK,
  SMALL_SITE,
  STUCK,
} from '../fakes/small-site.ts';
import { noCounts } from '../../gateway/flow/tally.ts';

const NO_HOLD = milliseconds(0);
const FULL: ThresholdRule = { ...BIN_FULL, holdFor: NO_HOLD };
const NEAR: ThresholdRule = { ...FULL, id: 'bin-near', limit: 0.8, clearAt: 0.6, severity: 'low' };
const ten = clock('10:00');
const after = (ms: number): Instant => later(ten, milliseconds(ms));

function sceneOf(site: FoldedSite, rules: readonly RuleSettings[]): ViewScene {
  const deviceOf = new Map<string, Device>();
  for (const device of COMPOUND.devices.values())
    for (const asset of device.assets.values()) deviceOf.set(asset, device);
  return {
    compound: COMPOUND,
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    standing: site.standing,
    shouldBeOn: lampDuty(COMPOUND.place),
    deviceOf,
  };
}

function watched(...rules: readonly RuleSettings[]) {
  const site = foldedSite({ ...SMALL_SITE, rules });
  const scene = sceneOf(site, rules);
  const say = (quantity: Quantity, value: number, more: Partial<Said> = {}): void =>
    void site.hear({ asset: 'k1-wet', quantity, value, at: ten, ...more });
  const seen = (now: Instant, id = 'k1-wet'): AssetView =>
    assetView(scene, COMPOUND.assets.get(id) as Exclude<Asset, { kind: 'circuit' }>, now);
  return { site, scene, say, seen };
}

describe('a value', () => {
  it('carries its unit, its moment and its age', () => {
    const { say, seen } = watched();
    say('fill', 0.5);
    expect(seen(after(12_345)).latest).toEqual({
      fill: {
        value: 0.5,
        unit: 'ratio',
        observedAt: '2026-11-02T02:00:00.000Z',
        ageS: 12.3,
        quality: 'good',
      },
    });
  });

  it.each([
    [0, 'good'],
    [minutes(5), 'good'],
    [minutes(5) + 1, 'stale'],
    [-180_000, 'good'],
  ])('%i ms old, of a device that speaks each minute, is %s', (age, quality) => {
    const { say, seen } = watched();
    say('fill', 0.5);
    expect(seen(after(age)).latest['fill']?.quality).toBe(quality);
  });

  it('that is doubted says why, until it is stale', () => {
    const { say, seen } = watched();
    say('fill', 0.5, { doubt: 'jump' });
    expect(seen(ten).latest['fill']).toMatchObject({ quality: 'doubted', doubt: 'jump' });
    expect(seen(after(minutes(6))).latest['fill']).toMatchObject({
      quality: 'stale',
      doubt: 'jump',
    });
  });

  it('from a clock that runs ahead is no younger than now', () => {
    const { say, seen } = watched();
    say('fill', 0.5, { observedAt: later(ten, minutes(3)) });
    expect(seen(ten).latest['fill']?.ageS).toBe(0);
  });
});

describe('a bin', () => {
  it.each([
    [0.5, 'normal'],
    [0.8, 'normal'],
    [0.81, 'near-full'],
    [0.9, 'near-full'],
    [0.91, 'full'],
  ])('at %d, full above 0.9 and nearly above 0.8, is %s', (fill, state) => {
    const { say, seen } = watched(FULL, NEAR);
    say('fill', fill);
    expect(seen(ten).state).toBe(state);
  });

  it.each([
    ['with one rule is nearly full from three quarters', [FULL], 0.76, 'near-full'],
    ['with two rules of one limit too', [FULL, { ...FULL, id: 'twin' }], 0.76, 'near-full'],
    ['without a rule is never full', [], 1, 'near-full'],
    [
      'that its rules leave out is not full by them',
      [{ ...FULL, only: ['other'] }],
      0.95,
      'near-full',
    ],
  ])('%s', (_, rules, fill, state) => {
    const { say, seen } = watched(...rules);
    say('fill', fill);
    expect(seen(ten).state).toBe(state);
  });

  it('stays full while its alarm is active, though its fill is in the dead band', () => {
    const { say, seen } = watched(FULL);
    say('fill', 0.95);
    say('fill', 0.72);
    expect(seen(ten)).toMatchObject({ state: 'full', alarms: ['bin-full'] });
  });

  it('whose sensor is stuck is at fault, not nearly full', () => {
    const stuckFill = { ...STUCK, quantity: 'fill', unchangedFor: minutes(2) } as const;
    const { say, seen, site } = watched(FULL, stuckFill);
    for (const n of [0, 1, 2]) say('fill', 0.3, { at: after(minutes(n)) });
    expect(site.speaking()).toEqual(['stuck:k1-wet']);
    expect(seen(after(minutes(2))).state).toBe('fault');
  });

  it('that nobody has heard of is unknown, and one that fell silent is stale, full or not', () => {
    const { say, seen } = watched(FULL);
    expect(seen(ten)).toMatchObject({ state: 'unknown', latest: {}, alarms: [] });
    say('fill', 0.95);
    expect(seen(after(minutes(5))).state).toBe('full');
    expect(seen(after(minutes(5) + 1)).state).toBe('stale');
  });

  it('says where it stands', () => {
    expect(watched().seen(ten)).toMatchObject({
      id: BIN.id,
      kind: 'bin',
      name: BIN.name,
      station: 'k1',
      stream: 'wet',
      position: 1,
      expectedS: 60,
    });
  });
});

describe('what is cut off', () => {
  it.each([
    ['its line is lost', line('bins-line', 'down', after(1)), 'offline'],
    [
      'its own last will says so',
      { kind: 'link', of: 'device', id: 'k1', state: 'down', receivedAt: after(1) } as const,
      'offline',
    ],
    ['another line is lost', line('lights-line', 'down', after(1)), 'normal'],
  ])('%s', (_, entry, state) => {
    const { site, say, seen, scene } = watched();
    say('fill', 0.3);
    site.fold(entry);
    expect(seen(after(2)).state).toBe(state);
    const device = COMPOUND.devices.get('k1')!;
    expect(deviceView(scene, device, { counts: noCounts(), now: after(2) }).state).toBe(
      state === 'normal' ? 'up' : state,
    );
  });

  it('is back with its first word', () => {
    const { site, say, seen } = watched();
    site.fold({ kind: 'link', of: 'device', id: 'k1', state: 'down', receivedAt: ten });
    say('fill', 0.3, { at: after(1) });
    expect(seen(after(2)).state).toBe('normal');
  });
});

describe('a lamp', () => {
  it('inside a dead circuit is at fault by the circuit’s alarm', () => {
    const { site, seen } = watched(LAMP_OUT, { ...CIRCUIT_DOWN, holdFor: NO_HOLD });
    for (const asset of LAMPS) site.hear({ asset, quantity: 'power', value: 0.2, at: ten });
    expect(seen(ten, 'lamp-4')).toMatchObject({
      state: 'fault',
      alarms: ['circuit-down'],
      shouldBeOn: true,
      circuit: 'c1',
    });
  });

  it('with a leak is at fault; where the leak is over it is well, acknowledged or not', () => {
    const { site, seen } = watched(LEAK);
    site.hear({ asset: 'lamp-1', quantity: 'leak', value: 40, at: ten });
    expect(seen(ten, 'lamp-1').state).toBe('fault');
    site.hear({ asset: 'lamp-1', quantity: 'leak', value: 2, at: after(1) });
    expect(seen(after(1), 'lamp-1')).toMatchObject({ state: 'normal', alarms: [] });
  });
});

describe('a device that speaks each minute', () => {
  it.each([
    [0, 'up'],
    [minutes(2), 'up'],
    [minutes(2) + 1, 'late'],
    [minutes(5), 'late'],
    [minutes(5) + 1, 'silent'],
    [-3_600_000, 'up'],
  ])('%i ms after its last word is %s', (age, state) => {
    const { say, scene } = watched();
    say('fill', 0.5);
    const counts = {
      ...noCounts(),
      heard: 3,
      stored: 2,
      readings: 2,
      acknowledged: 2,
      rejected: new Map([['checksum', 1] as const]),
    };
    expect(deviceView(scene, COMPOUND.devices.get('k1')!, { counts, now: after(age) })).toEqual({
      id: 'k1',
      source: 'bins-line',
      state,
      lastHeardAt: '2026-11-02T02:00:00.000Z',
      expectedS: 60,
      heard: 3,
      stored: 2,
      rejected: { checksum: 1 },
      readings: 2,
      acknowledged: 2,
      inFlight: 1,
      lostBy: {},
      missing: 0,
      owed: state === 'silent' ? 5 : 0,
    });
  });

  it('never heard is unknown', () => {
    const view = deviceView(watched().scene, COMPOUND.devices.get('k1')!, {
      counts: noCounts(),
      now: ten,
    });
    expect(view.state).toBe('unknown');
    expect(view).not.toHaveProperty('lastHeardAt');
  });
});

describe('a source', () => {
  const health: SourceHealth = {
    id: 'bins-line',
    kind: 'serial',
    state: 'up',
    heard: 7,
    skippedBytes: 12,
    lost: 1,
  };
  const counts = {
    ...noCounts(),
    heard: 5,
    stored: 5,
    readings: 9,
    acknowledged: 5,
    rejected: new Map([['checksum', 2] as const]),
  };

  it('says what went through it, and since when it is so', () => {
    const { site, scene } = watched();
    site.fold(line('bins-line', 'up', ten));
    expect(sourceView(scene, health, counts)).toMatchObject({
      id: 'bins-line',
      kind: 'serial',
      state: 'up',
      since: '2026-11-02T02:00:00.000Z',
      heard: 7,
      stored: 5,
      acknowledged: 5,
      rejected: { checksum: 2 },
      skippedBytes: 12,
      lost: 1,
    });
  });

  it('says why it is down, and not why it was', () => {
    const { scene } = watched();
    expect(sourceView(scene, { ...health, state: 'down', why: 'ENOENT' }, counts)).toMatchObject({
      why: 'ENOENT',
    });
    expect(sourceView(scene, { ...health, why: 'ENOENT' }, counts)).not.toHaveProperty('why');
  });
});

it('an alarm is shown with its rule’s limit and hold, in UTC', () => {
  const { site, say, scene } = watched(FULL);
  say('fill', 0.95);
  say('fill', 0.1, { at: after(60_000) });
  expect(alarmView(scene, site.alarms()[0]!)).toMatchObject({
    id: 'A1',
    rule: 'bin-full',
    limit: 0.9,
    holdForS: 0,
    value: 0.95,
    raisedAt: '2026-11-02T02:00:00.000Z',
    clearedAt: '2026-11-02T02:01:00.000Z',
    inside: [],
    ticket: 'T1',
  });
  expect(alarmView({ ...scene, rules: new Map() }, site.alarms()[0]!)).not.toHaveProperty('limit');
});

it('a ticket is shown with what this person may do now, and without anybody’s keys', () => {
  const { site, say } = watched(FULL);
  say('fill', 0.95);
  const [ticket] = site.tickets();
  const view = ticketView(
    { ...ticket!, history: ticket!.history.map((step) => ({ ...step, key: 'k-1' })) },
    { role: 'cleaner' },
  );
  expect(view).toMatchObject({
    id: 'T1',
    raisedAt: '2026-11-02T02:00:00.000Z',
    alarms: ['A1'],
    actions: ['take', 'rectify', 'comment', 'photo'],
  });
  expect(JSON.stringify(view)).not.toContain('k-1');
});
