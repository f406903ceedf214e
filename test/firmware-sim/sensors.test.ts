import { describe, expect, it } from 'vitest';
import { LOST_ECHO, OWN_RINGING, seenDistance } from '../../firmware-sim/bin.ts';
import { look } from '../../firmware-sim/device.ts';
import { encodeLine } from '../../firmware-sim/encode.ts';
import { randomFrom } from '../../firmware-sim/random.ts';
import { seenGross } from '../../firmware-sim/scale.ts';
import { newScene } from '../../firmware-sim/scene.ts';
import { DEMO_SITE } from '../../firmware-sim/site.ts';
import { binOf, emptyBin, fillBin, newWorld } from '../../firmware-sim/world.ts';

const NOON = Date.parse('2026-11-20T12:00:00+08:00');
const random = randomFrom(1);
const world = fillBin(emptyBin(newWorld(DEMO_SITE, { at: NOON }, random), 'k1-wet'), 'k1-wet', 0.5);
const bin = binOf(world, 'k1-wet');
const looks = <Seen>(eye: () => Seen) => Array.from({ length: 5000 }, eye);

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values: number[]) =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

describe('a level sensor', () => {
  const seen = looks(() => seenDistance(bin, random));
  const good = seen.filter((mm) => mm !== LOST_ECHO && mm !== OWN_RINGING);

  it('sees the truth, give or take 5 mm, in whole millimetres', () => {
    expect(mean(good)).toBeCloseTo(600, 0);
    expect(spread(good)).toBeCloseTo(5, 0);
    expect(good.every(Number.isInteger)).toBe(true);
  });

  it('now and then sees nothing, or itself', () => {
    expect(seen.length - good.length).toBeGreaterThan(0);
    expect(seen.length - good.length).toBeLessThan(30);
  });
});

describe('a scale', () => {
  it('weighs bin and rubbish, give or take 50 g, and creeps by less than that', () => {
    const seen = looks(() => seenGross(bin, NOON, random));
    expect(Math.abs(mean(seen) - (14.2 + 60))).toBeLessThan(0.05);
    expect(spread(seen)).toBeCloseTo(0.05, 2);
  });
});

describe('a device', () => {
  const scene = newScene(world);
  const device = (id: string) => {
    const found = DEMO_SITE.devices.find((each) => each.id === id);
    if (!found) throw new Error(id);
    return look(scene, found, random);
  };

  it('of four bins names each number by its channel', () => {
    expect(Object.keys(device('k1'))).toEqual(
      ['wet', 'dry', 'rec', 'haz'].flatMap((channel) => [
        `${channel}.distance`,
        `${channel}.gross`,
      ]),
    );
  });

  it('of one bin names no channel and tells its battery', () => {
    expect(Object.keys(device('k2-wet'))).toEqual(['distance', 'gross', 'battery']);
    expect(device('k2-wet')['battery']).toBeCloseTo(3.58, 1);
  });

  it('of a lamp tells what it was told, what it draws and what it leaks', () => {
    expect(device('lamp-01')).toMatchObject({ on: 0, power: 0 });
    expect(device('lamp-21')['on']).toBe(1);
    expect(device('lamp-21')['power']).toBeCloseTo(20, -1);
    expect(device('lamp-21')['voltage']).toBeCloseTo(230, -1);
  });

  it('of a meter counts whole litres', () => {
    expect(Number.isInteger(device('meter-1')['volume'])).toBe(true);
  });

  it('never says more than a line can hold', () => {
    for (const { id } of DEMO_SITE.devices) {
      const line = encodeLine({ device: id, seq: 65_535, at: NOON, numbers: device(id) });
      expect(line.length).toBeLessThanOrEqual(200);
    }
  });
});
