// A story: the whole gateway in this process, a store in memory, and a clock that a hand moves.
// Sensors speak straight into the intake; everything behind it is the real thing.
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { openApp } from '../../gateway/app.ts';
import { DECODERS } from '../../gateway/decode/index.ts';
import type { Alarm } from '../../gateway/domain/alarm.ts';
import type { ClockEvidence } from '../../gateway/domain/clock-state.ts';
import type { Ticket } from '../../gateway/domain/ticket.ts';
import { instant, type Instant } from '../../gateway/domain/time.ts';
import type { Desk } from '../../gateway/api/desk.ts';
import type { Store } from '../../gateway/store/log.ts';
import { loadSite } from '../../gateway/site/load.ts';
import { handClock, type HandClock } from '../fakes/hand-clock.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { freePort } from '../tools.ts';

/** Something that happens in the compound. */
export interface Happening {
  readonly device: string;
  readonly numbers: Readonly<Record<string, number>>;
}

export interface Story {
  /**
   * Lets time pass up to `clock` (10:00, 10:00:30 or 10:00:00.500 of the first day, or of another,
   * 2026-06-02T10:00), then lets these happen.
   */
  at(clock: string, ...happenings: Happening[]): Promise<void>;
  /** These happen now. */
  hear(...happenings: Happening[]): Promise<void>;
  /** Everything that is on its way arrives. */
  settle(): Promise<void>;
  /** The way to a source goes or comes back. */
  line(source: string, state: 'up' | 'down'): Promise<void>;
  /** All that were ever raised, oldest first. */
  alarms(): Promise<Alarm[]>;
  active(): Promise<string[]>;
  tickets(): Promise<Ticket[]>;
  /** The gateway goes down in order and comes up again at `clock`, on the same store. */
  offUntil(clock: string, meanwhile?: () => void): Promise<void>;
  readonly desk: () => Desk;
  /** The API itself, without a socket. */
  readonly server: () => FastifyInstance;
  readonly clock: HandClock;
  readonly store: Store;
}

const DAY = '2026-06-01';
const ZONE = '+08:00';
const moment = (clock: string): Instant =>
  instant(Date.parse(`${clock.includes('T') ? '' : `${DAY}T`}${withSeconds(clock)}${ZONE}`));
const withSeconds = (clock: string): string =>
  /(^|T)\d\d:\d\d$/.test(clock) ? `${clock}:00` : clock;

/** @param evidence of a machine whose clock is kept; where absent time is what the hand says */
export async function tell(
  yaml: string,
  begin = '09:00',
  evidence?: ClockEvidence,
): Promise<Story> {
  const http = await freePort();
  const mqtt = await freePort();
  const text = yaml.replace('HTTP_PORT', `${http}`).replace('MQTT_PORT', `${mqtt}`);
  const { site, mistakes } = loadSite(text, {
    file: 'story.yaml',
    decoders: DECODERS.map(({ name }) => name),
    readSecret: () => ({ kind: 'missing' }),
  });
  if (!site) throw new Error(JSON.stringify(mistakes));
  const store = memoryStore();
  const clock = handClock(new Date(moment(begin)).toISOString());
  let runs = 0;
  const open = async () => {
    runs += 1;
    // A process that starts knows nothing but the machine's own time of day.
    if (evidence) clock.move(clock.wall() - clock.now());
    const app = await openApp({
      site,
      version: 'story',
      clock,
      ...(evidence && { timekeeping: { clock, evidence, boot: `run ${runs}` } }),
      logger: pino({ enabled: false }),
      random: () => 0.5,
      openStore: async () => ({ ...store, close: async () => undefined }),
    });
    await app.start();
    return app;
  };
  let app = await open();
  onTestFinished(() => app.stop());

  const settle = async (): Promise<void> => {
    await app.fold.settled(store.log.head());
  };
  /** Stops at everything that falls due on the way, because each may bring new dues. */
  const passTo = async (target: Instant): Promise<void> => {
    for (
      let due = app.standing.agenda.next();
      due !== undefined && due <= target;
      due = app.standing.agenda.next()
    ) {
      clock.moveTo(instant(Math.max(due, clock.now())));
      await turnOfLoop();
      await settle();
    }
    clock.moveTo(target);
    await settle();
  };

  const hear = async (...happenings: Happening[]): Promise<void> => {
    for (const { device, numbers } of happenings) {
      const source = site.compound.devices.get(device)?.source ?? '';
      const bytes = new TextEncoder().encode(JSON.stringify(numbers));
      await app.intake.offer({ source, device, bytes, receivedAt: clock.now() });
    }
    await settle();
  };

  return {
    async at(at, ...happenings) {
      await passTo(moment(at));
      await hear(...happenings);
    },
    hear,
    async settle() {
      await turnOfLoop();
      await settle();
    },
    async line(id, state) {
      app.intake.link({ of: 'source', id, state });
      await turnOfLoop();
      await settle();
    },
    alarms: async () =>
      (await store.books.alarms('all', 1000)).sort((a, b) => a.raisedAt - b.raisedAt),
    active: async () =>
      (await store.books.alarms('all', 1000))
        .filter((alarm) => alarm.clearedAt === undefined)
        .map((alarm) => `${alarm.rule} ${alarm.asset}`)
        .sort(),
    tickets: async () =>
      (await store.books.tickets('all', 1000)).sort((a, b) => a.number - b.number),
    async offUntil(at, meanwhile) {
      await app.stop();
      clock.moveTo(moment(at));
      meanwhile?.();
      app = await open();
      await settle();
    },
    desk: () => app.desk,
    server: () => app.server,
    clock,
    store,
  };
}

const turnOfLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A bin of the usual geometry: 1000 mm to its floor, 200 mm to the full mark. */
export const bin = (device: string) => ({
  reads: (fill: number): Happening => ({ device, numbers: { distance: 1000 - fill * 800 } }),
  weighs: (gross: number): Happening => ({ device, numbers: { gross } }),
});

export const lamp = (device: string) => ({
  draws: (power: number): Happening => ({ device, numbers: { power } }),
});

/** 10:10:00 as the compound's clock shows it. */
export const clockOf = (at: Instant): string =>
  new Date(at + 8 * 3_600_000).toISOString().slice(11, 19);
