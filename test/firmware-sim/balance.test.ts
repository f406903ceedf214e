// The simulated compound's scales, with their wind, creep and leaning people, through the gateway's fold
// at speed: what the world says was brought, against what the ledger says. Neither sees the other.
import path from 'node:path';
import { expect, it } from 'vitest';
import { LOST_ECHO, OWN_RINGING } from '../../firmware-sim/bin.ts';
import { look } from '../../firmware-sim/device.ts';
import { advance } from '../../firmware-sim/life.ts';
import { HOUR, SECOND } from '../../firmware-sim/moment.ts';
import { randomFrom } from '../../firmware-sim/random.ts';
import { newScene } from '../../firmware-sim/scene.ts';
import { DEMO_SITE } from '../../firmware-sim/site.ts';
import { newWorld, type World } from '../../firmware-sim/world.ts';
import { DECODERS } from '../../gateway/decode/index.ts';
import { eventIn } from '../../gateway/domain/deposit.ts';
import type { Quantity } from '../../gateway/domain/quantity.ts';
import { instant } from '../../gateway/domain/time.ts';
import { readSiteFile } from '../../gateway/site/load.ts';
import { foldedSite, reading } from '../fakes/folded-site.ts';
import { SMALL_SITE } from '../fakes/small-site.ts';
import { ROOT } from '../tools.ts';

const DEVICES = DEMO_SITE.devices.flatMap((device) => (device.kind === 'bins' ? [device] : []));

function demoGateway() {
  const { site } = readSiteFile(path.join(ROOT, 'config/site.demo.yaml'), {
    decoders: DECODERS.map(({ name }) => name),
  });
  if (!site) throw new Error('the demo has a site');
  return foldedSite({ ...SMALL_SITE, compound: site.compound, rules: [] });
}

interface Lived {
  readonly seed: number;
  readonly from: string;
  readonly hours: number;
  readonly pace: number;
  readonly everyS: number;
  /** Of what was brought: what falls in between the last word and the lift, nobody has weighed. */
  readonly within?: number;
}

function lived({ seed, from, hours, pace, everyS }: Lived) {
  const random = randomFrom(seed);
  const gateway = demoGateway();
  const begin = Date.parse(from);
  let world: World = newWorld(DEMO_SITE, { at: begin, pace }, random);
  const stood = standing(world);
  const before = world.broughtKg - world.besideKg;
  const told = new Map<string, string>();
  // The first minutes nobody comes: a scale that was switched on a moment ago knows nothing yet.
  for (let at = begin; at < begin + hours * HOUR; at += everyS * SECOND) {
    if (at > begin + 90 * everyS * SECOND) world = advance(world, at, random);
    for (const device of DEVICES) {
      const scene = newScene({ ...world, now: at });
      const numbers = look(scene, device, random);
      gateway.fold(
        ...Object.entries(numbers).flatMap(([name, value]) => said(device, name, value, at)),
      );
    }
    for (const one of gateway.standing.takeChanges().happenings ?? [])
      told.set(`${one.kind} ${one.id}`, eventIn(one).kind);
  }
  const days = [...gateway.standing.ledger.all()].map(([, day]) => day);
  const sum = (of: (day: (typeof days)[number]) => number): number =>
    days.reduce((all, day) => all + of(day), 0);
  return {
    brought: world.broughtKg - world.besideKg - before,
    stands: standing(world) - stood,
    emptied: world.collections.length,
    ledger: { deposited: sum((day) => day.depositedKg), collected: sum((day) => day.collectedKg) },
    collections: [...told.values()].filter((kind) => kind === 'collection').length,
  };
}

const standing = (world: World): number =>
  Object.values(world.bins).reduce((kg, bin) => kg + bin.netKg, 0);

function said(device: (typeof DEVICES)[number], name: string, value: number, at: number) {
  const [first, second] = name.split('.');
  const quantity = (second ?? first) as Quantity;
  const asset = device.channels[second === undefined ? '' : first!];
  if (asset === undefined || (quantity !== 'gross' && quantity !== 'distance')) return [];
  if (quantity === 'distance' && (value === LOST_ECHO || value === OWN_RINGING)) return [];
  return [reading({ asset, quantity, value, at: instant(at) })];
}

it.each([
  { seed: 1, from: '2026-11-23T18:00:00+08:00', hours: 1.2, pace: 1, everyS: 5 },
  { seed: 2, from: '2026-11-23T14:00:00+08:00', hours: 1.2, pace: 12, everyS: 5 },
  { seed: 3, from: '2026-11-20T05:00:00+08:00', hours: 16, pace: 1, everyS: 60, within: 0.07 },
] satisfies Lived[] as Lived[])(
  'after $hours h at pace $pace, told every $everyS s, the ledger is what was brought',
  (life) => {
    const { brought, stands, ledger, emptied, collections } = lived(life);
    expect(brought).toBeGreaterThan(10);
    expect(Math.abs(ledger.deposited - brought) / brought).toBeLessThan(life.within ?? 0.03);
    expect(Math.abs(ledger.deposited - ledger.collected - stands)).toBeLessThan(
      Math.max(2, 0.03 * brought),
    );
    expect(collections).toBe(emptied);
  },
  120_000,
);
