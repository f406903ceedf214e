// What is told elsewhere: the log to InfluxDB, how things stand to the subscribers of a broker.
import { milliseconds, seconds } from '../domain/time.ts';
import { follow, type Follower } from '../flow/follow.ts';
import type { Live } from '../flow/live.ts';
import type { Report } from '../flow/report.ts';
import { createHttpPost } from '../ops/http-post.ts';
import { createNameLookup } from '../ops/name-lookup.ts';
import { readVitals } from '../ops/vitals.ts';
import { createMqttOut, type MqttOut } from '../sinks/mqtt-out.ts';
import type { Site } from '../site/site.ts';
import type { BrokerSource } from '../sources/broker.ts';
import type { Store } from '../store/log.ts';
import type { AppOptions } from './options.ts';

/** Whose cursors the store waits for before it forgets a reading. */
export const followersOf = (site: Site): string[] => ['step', ...(site.influx ? ['influx'] : [])];

/** Records sent to InfluxDB in one request: as objects they must not hold up what is new. */
const INFLUX_BATCH = 2000;
/**
 * In a flood, out of memory: an eighth of the tail that the store has there. A request costs both sides
 * about what 200 messages do, and InfluxDB writes each series down once for every one.
 */
const INFLUX_FLOOD = 16_384;
const INFLUX_GATHER = milliseconds(500);
/** One for what is new, one for the backlog. */
const INFLUX_CONNECTIONS = 2;

export async function buildInflux(
  options: AppOptions,
  store: Store,
): Promise<Follower | undefined> {
  const { site, clock, logger, random } = options;
  if (!site.influx) return undefined;
  // Loaded only where there is an InfluxDB: without one it would be ten megabytes for nothing.
  const { createInfluxSink } = await import('../sinks/influx.ts');
  const lookup = createNameLookup({ clock });
  const out = createHttpPost({ connections: INFLUX_CONNECTIONS, lookup });
  return follow({
    sink: createInfluxSink(site.influx, { compound: site.compound, out, lookup }),
    log: store.log,
    cursors: store.cursors,
    clock,
    batch: INFLUX_BATCH,
    valuesBatch: INFLUX_FLOOD,
    gather: INFLUX_GATHER,
    random,
    logger: logger.child({ sink: 'influx' }),
  });
}

/** A retained state says no more than one word a second: what is told oftener is built for nobody. */
const RETAINED_EVERY = seconds(1);

interface OutParts {
  readonly options: AppOptions;
  readonly store: Store;
  readonly live: Live;
  readonly report: Report;
}

/** What the gateway itself says on its own broker: states, bridge topics, Home Assistant. */
export function buildOut(broker: BrokerSource, parts: OutParts): MqttOut {
  const { options, live } = parts;
  const { compound, homeAssistant, simulated } = options.site;
  return createMqttOut({
    ...options,
    compound,
    homeAssistant,
    simulated,
    // It lives and dies with us, and forgets nothing in between.
    publisher: { ...broker, onReached: () => () => undefined },
    watch: (listener) => live.watch(listener, RETAINED_EVERY),
    health: () => healthOf(parts),
  });
}

function healthOf({ report, store }: OutParts) {
  const { ready, detail } = report.readiness();
  const { freeBytes, head } = store.health();
  return {
    ready,
    detail,
    ...readVitals(),
    diskFreeMb: Math.round(freeBytes / 1e6),
    logHead: head,
    sources: Object.fromEntries(report.sources().map(({ id, state }) => [id, state])),
  };
}
