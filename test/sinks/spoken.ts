// Everything the gateway says over MQTT, from a desk filled by hand to a broker in the hand.
import { onTestFinished } from 'vitest';
import type { AssetView } from '../../gateway/api/schemas.ts';
import type { Compound } from '../../gateway/domain/asset.ts';
import { seconds } from '../../gateway/domain/time.ts';
import type { HomeAssistantSettings } from '../../gateway/sinks/home-assistant.ts';
import { createMqttOut } from '../../gateway/sinks/mqtt-out.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { handDesk } from '../fakes/hand-desk.ts';
import { handPublisher } from '../fakes/hand-publisher.ts';
import { COMPOUND } from '../fakes/small-site.ts';

export const HEALTH = {
  ready: true,
  detail: [],
  uptimeS: 12,
  memoryMb: 90,
  loadAverage: [0.1, 0.2, 0.3],
  diskFreeMb: 5000,
  logHead: 42,
  sources: { 'bins-line': 'up' },
};

export interface SpokenOptions {
  readonly homeAssistant?: HomeAssistantSettings;
  readonly compound?: Compound;
  readonly publisher?: ReturnType<typeof handPublisher>;
}

export function spoken(options: SpokenOptions = {}) {
  const clock = handClock('2026-11-20T10:30:00Z');
  const publisher = options.publisher ?? handPublisher();
  const desk = handDesk();
  const out = createMqttOut({
    publisher,
    clock,
    compound: options.compound ?? COMPOUND,
    version: '1.2.3',
    simulated: true,
    watch: (listener) => desk.watch(listener),
    health: () => HEALTH,
    homeAssistant: options.homeAssistant ?? { enabled: false, prefix: 'homeassistant' },
  });
  /** Lets time pass in steps, and what was promised on the way be kept. */
  const pass = async (howLong: number): Promise<void> => {
    for (let passed = 0; passed < howLong; passed += 0.1) {
      clock.moveBy(seconds(0.1));
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  onTestFinished(() => out.stop());
  return {
    out,
    clock,
    publisher,
    desk,
    pass,
    start: async (): Promise<void> => {
      out.start();
      await pass(0.2);
    },
    asset: (id: string, change: Partial<AssetView>): void => {
      const before = desk.assets().find((asset) => asset.id === id);
      if (!before) throw new Error(`no asset ${id}`);
      desk.put({ kind: 'asset', data: { ...before, ...change } });
    },
  };
}

export const latest = (value: number, more: Partial<AssetView['latest'][string]> = {}) => ({
  value,
  unit: '',
  observedAt: '2026-11-20T10:29:55.000Z',
  ageS: 5,
  quality: 'good' as const,
  ...more,
});
