// What the stories of the clock share: a small yard, and a machine whose clock somebody sets.
import type { ClockEvidence } from '../../gateway/domain/clock-state.ts';
import { milliseconds, moved, seconds, type Instant } from '../../gateway/domain/time.ts';
import type { Story } from './told.ts';

export const YARD = `version: 1
site: { id: yard, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: ./unused }
sources: [{ id: broker, kind: mqtt-broker, port: MQTT_PORT }]
stations:
  - id: k1
    name: 1号投放点
    bins: [{ id: k1-wet, stream: wet, position: 1, emptyMm: 1000, fullMm: 200, tareKg: 14.2 }]
circuits: [{ id: c1, name: Circuit, lamps: [{ id: lamp-07, name: Lamp, nominalW: 30 }] }]
devices:
  - { id: k1-wet, source: broker, decoder: courtyard-json, asset: k1-wet }
  - { id: lamp-07, source: broker, decoder: courtyard-json, asset: lamp-07 }
rules:
  - { id: bin-full, on: bin, quantity: fill, above: 0.9, clearBelow: 0.7, holdFor: 10m, severity: medium, ticket: { category: bin-full, team: cleaners } }
  - { id: silent, on: device, silentFor: 20m, severity: high }
  - { id: lamp-dark, on: lamp, should: on, holdFor: 2m, severity: medium }
`;

/** Nobody vouches for the clock, and nobody doubts it. */
export const NOTHING_KNOWN: ClockEvidence = {
  setByNetwork: () => 'unknown',
  machine: () => undefined,
};

export interface Machine extends ClockEvidence {
  /** The network has set the clock. */
  synchronise(): void;
}

/** One without a battery-backed clock, which waits for the network to tell it the time. */
export function waitingMachine(story: () => Story | undefined = () => undefined): Machine {
  let isSet = false;
  return {
    setByNetwork: () => (isSet ? 'yes' : 'awaited'),
    machine: () => ({ id: 'machine run 1', upMs: 60_000 + (story()?.clock.steady() ?? 0) }),
    synchronise: () => {
      isSet = true;
    },
  };
}

/** Somebody sets the machine's clock, and two seconds go by. */
export async function leap(story: Story, byMs: number): Promise<void> {
  story.clock.setWall(moved(story.clock.wall(), byMs));
  await pass(story, seconds(2));
}

/** Lets so much time go by on the clock that nobody sets. */
export async function pass(story: Story, span: number): Promise<void> {
  const end = story.clock.steady() + span;
  // What is short is looked at closely: between two steps everything arrives.
  const stride = span > 10_000 ? 10_000 : 1000;
  while (story.clock.steady() < end) {
    story.clock.moveBy(milliseconds(Math.min(stride, end - story.clock.steady())));
    await story.settle();
  }
}

export type Charted = readonly [at: Instant, value: number, count: number];

/** Every point of a chart of milliseconds over all the years that there can be. */
export async function charted(story: Story, quantity: 'distance' | 'fill'): Promise<Charted[]> {
  const [from, to] = [0, 4e12] as unknown as [Instant, Instant];
  const query = { asset: 'k1-wet', quantity, from, to, step: milliseconds(1) };
  const points = await story.store.books.series(query);
  return points.map(([at, , mean, , count]) => [at as Instant, mean, count]);
}
