// Each scenario changes exactly what it says, and undoing it leaves no trace of it.
import { describe, expect, it } from 'vitest';
import { look } from '../../firmware-sim/device.ts';
import { advance } from '../../firmware-sim/life.ts';
import { MINUTE, SECOND } from '../../firmware-sim/moment.ts';
import { randomFrom } from '../../firmware-sim/random.ts';
import type { Scene } from '../../firmware-sim/scene.ts';
import { changeWorld, empty, mend, newScene } from '../../firmware-sim/scene.ts';
import { SCENARIOS } from '../../firmware-sim/scenarios/index.ts';
import { DEMO_SITE } from '../../firmware-sim/site.ts';
import type { Stage } from '../../firmware-sim/stage.ts';
import { openStage, targets } from '../../firmware-sim/stage.ts';
import { binOf, levelOf, newWorld } from '../../firmware-sim/world.ts';

const NOON = Date.parse('2026-11-20T12:00:00+08:00');
const firstScene = () => newScene(newWorld(DEMO_SITE, { at: NOON }, randomFrom(1)));

function opened(): Stage & { said: string[]; pass(ms: number): void } {
  const said: string[] = [];
  const stage = openStage(firstScene(), (line) => said.push(line));
  const random = randomFrom(2);
  const pass = (ms: number) => {
    for (let passed = 0; passed < ms; passed += 500) {
      stage.change((scene) =>
        changeWorld(scene, (world) => advance(world, world.now + 500, random)),
      );
      stage.goOn();
    }
  };
  return { ...stage, said, pass };
}

/** Paths of everything that differs, as `world.lamps.lamp-23.works`. */
function differences(before: unknown, after: unknown, path = ''): string[] {
  if (Object.is(before, after)) return [];
  if (!isFolder(before) || !isFolder(after)) return [path.slice(1)];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => differences(before[name], after[name], `${path}.${name}`));
}

const isFolder = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const seen = (scene: Scene, id: string) => {
  const device = DEMO_SITE.devices.find((each) => each.id === id);
  return device ? look(scene, device, randomFrom(9)) : {};
};

describe('a scenario, as it begins, changes', () => {
  it.each([
    ['quiet-day', ['world.quiet']],
    ['overflow', ['world.bins.k1-wet.neglected']],
    ['lamp-dies', ['world.lamps.lamp-23.works']],
    ['circuit-dies', ['world.circuits.c2']],
    ['cable-pulled', ['pulled.0']],
    ['sensor-stuck', ['stuckMm.k2-dry']],
  ])('%s: only %s, and nothing once it is undone', (name, paths) => {
    const stage = opened();
    const before = stage.scene();
    stage.begin(name);
    expect(differences(before, stage.scene())).toEqual(paths);
    stage.undo(name);
    expect(stage.scene()).toEqual(before);
  });

  it('is told in two languages, and aims at something that is there', () => {
    for (const { title, see, aims, target } of SCENARIOS) {
      for (const words of [title, see]) {
        expect(words.en).toMatch(/^[^\u4E00-\u9FFF]{5,}$/);
        expect(words.zh).toMatch(/[\u4E00-\u9FFF]{3,}/);
      }
      expect(targets(firstScene(), aims)).toContain(target);
    }
  });
});

describe('overflow', () => {
  const level = (stage: Stage, bin = 'k1-wet') => levelOf(binOf(stage.scene().world, bin));

  it('heaps the bin within a minute, and the crew does not come', () => {
    const stage = opened();
    stage.begin('overflow');
    stage.pass(MINUTE);
    expect(level(stage)).toBeGreaterThan(1);
    stage.pass(20 * MINUTE);
    expect(level(stage)).toBeGreaterThan(1);
  });

  it('is over when the bin is emptied on command, and does not fill it again', () => {
    const stage = opened();
    stage.begin('overflow', 'k1-dry');
    stage.pass(MINUTE);
    stage.change((scene) => empty(scene, 'k1-dry'));
    stage.pass(MINUTE);
    expect(stage.running()).toEqual([]);
    expect(level(stage, 'k1-dry')).toBeLessThan(0.2);
    expect(binOf(stage.scene().world, 'k1-dry').neglected).toBe(false);
  });

  it('leaves the bin empty when it is undone', () => {
    const stage = opened();
    stage.begin('overflow');
    stage.pass(MINUTE);
    stage.undo('overflow');
    expect(level(stage)).toBe(0);
  });
});

describe('lamp-dies', () => {
  it('leaves the voltage, takes the power, and is over when the lamp is mended', () => {
    const stage = opened();
    stage.begin('lamp-dies', 'lamp-22');
    expect(seen(stage.scene(), 'lamp-22')).toMatchObject({ on: 1, power: 0, current: 0 });
    expect(seen(stage.scene(), 'lamp-22')['voltage']).toBeGreaterThan(220);
    expect(seen(stage.scene(), 'lamp-21')['power']).toBeGreaterThan(19);
    stage.change((scene) => mend(scene, 'lamp-22'));
    stage.pass(SECOND);
    expect(stage.running()).toEqual([]);
    expect(seen(stage.scene(), 'lamp-22')['power']).toBeGreaterThan(19);
  });
});

describe('circuit-dies', () => {
  it('takes power and voltage from all of its lamps and from no other', () => {
    const stage = opened();
    stage.begin('circuit-dies', 'c2');
    const volts = (circuit: string) =>
      DEMO_SITE.lamps
        .filter((lamp) => lamp.circuit === circuit)
        .map(({ id }) => seen(stage.scene(), id)['voltage'] ?? Number.NaN);
    expect(volts('c2')).toEqual([0, 0, 0, 0, 0, 0]);
    expect(Math.min(...volts('c1'))).toBeGreaterThan(220);
    expect(seen(stage.scene(), 'lamp-26')['power']).toBe(0);
  });
});

describe('cable-pulled', () => {
  it('puts the cable back by itself after 30 s', () => {
    const stage = opened();
    stage.begin('cable-pulled');
    stage.pass(29 * SECOND);
    expect(stage.scene().pulled).toEqual(['bins-line']);
    stage.pass(SECOND);
    expect(stage.scene().pulled).toEqual([]);
    expect(stage.said.at(-1)).toBe('cable-pulled is over (bins-line)');
  });
});

describe('sensor-stuck', () => {
  it('repeats the distance to the millimetre while the weight goes on', () => {
    const stage = opened();
    stage.change((scene) => changeWorld(scene, (world) => ({ ...world, pace: 60, crew: 'off' })));
    stage.begin('sensor-stuck');
    const before = seen(stage.scene(), 'k2-dry');
    stage.pass(20 * MINUTE);
    const after = seen(stage.scene(), 'k2-dry');
    expect(after['distance']).toBe(before['distance']);
    expect(after['gross']).toBeGreaterThan((before['gross'] ?? 0) + 2);
  });
});

describe('the stage', () => {
  it('ends the others before a quiet day', () => {
    const stage = opened();
    const before = stage.scene();
    for (const name of ['lamp-dies', 'cable-pulled', 'sensor-stuck']) stage.begin(name);
    stage.begin('quiet-day');
    expect(stage.running().map(({ scenario }) => scenario.name)).toEqual(['quiet-day']);
    expect(differences(before, stage.scene())).toEqual(['world.quiet']);
  });

  it.each([
    ['an unknown scenario', 404, (stage: Stage) => stage.begin('earthquake')],
    ['a lamp where a bin is wanted', 404, (stage: Stage) => stage.begin('overflow', 'lamp-01')],
    ['undoing what does not play', 409, (stage: Stage) => stage.undo('overflow')],
    [
      'the same scenario twice',
      409,
      (stage: Stage) => (stage.begin('overflow'), stage.begin('overflow')),
    ],
  ])('refuses %s in words', (_, status, act) => {
    expect(() => act(opened())).toThrow(expect.objectContaining({ status }));
  });
});
