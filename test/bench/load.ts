// The bench's own lamps in a process of their own: MQTT 3.1.1 at QoS 1 over plain sockets.
// Run as: node test/bench/load.ts --url mqtt://127.0.0.1:1883 --lamps 100 --rate 10000 --seconds 20
//         [--warmup 2] [--from-turn 0] [--give-up 10] [--site bench] [--json]
//     or: node test/bench/load.ts --closed --window 20 …
// With --asked it says `connected` once all are, then makes a load for each line of its input, the
// wanted one as JSON, and keeps the connections until that ends: what it costs a broker to let a
// crowd in and out is then no cost of the messages, and this code is warm when it counts.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Account, Fleet, FleetOptions } from './lamp-fleet.ts';
import { connectFleet } from './lamp-fleet.ts';
import { drain, sendAtRate, sendInWindows, wait } from './pace.ts';

/** `fromTurn`: how often every lamp spoke before; a second load on one store goes on from there. */
export interface LoadOptions {
  readonly fromTurn: number;
  /** Messages a second of all lamps; as fast as the window allows where left out. */
  readonly rate?: number;
  /** Unacknowledged messages of each lamp, where there is no rate. */
  readonly window: number;
  readonly seconds: number;
  /** The delays of the first seconds are not counted. */
  readonly warmup: number;
  readonly giveUp: number;
}

/** `turns` are the messages of each lamp, `unacknowledged` the numbers of those nobody answered. */
export interface LoadResult extends Account {
  readonly lamps: number;
  readonly fromTurn: number;
  readonly sent: number;
  /** From the first message to the last one sent, and to the last acknowledgement. */
  readonly sendingS: number;
  readonly tookS: number;
  readonly ackedPerS: number;
  /** At which messages were due; without a rate at which they were acknowledged. */
  readonly perS: number;
  /** Whether it ended early because too much had piled up. */
  readonly gaveUp: boolean;
  readonly cpuS: number;
  /** Of the first message, on the clock that all processes share (CLOCK_MONOTONIC), ms. */
  readonly startedAt: number;
}

/** After the last CONNACK: what a broker does about newcomers is over by then. */
const SETTLE_MS = 300;

export interface Load {
  /** One after the other, and none after one that was not answered in full. */
  run(options: LoadOptions): Promise<LoadResult>;
  close(): void;
}

export async function connectLoad(options: FleetOptions): Promise<Load> {
  const fleet = await connectFleet(options);
  await wait(SETTLE_MS);
  return { run: (wanted) => run(fleet, options.lamps, wanted), close: fleet.close };
}

async function run(fleet: Fleet, lamps: number, options: LoadOptions): Promise<LoadResult> {
  const { fromTurn, rate, window, seconds, warmup, giveUp } = options;
  const cpu = process.cpuUsage();
  const start = performance.now();
  const startedAt = Number(process.hrtime.bigint()) / 1e6;
  fleet.begin({ at: start, countFrom: start + warmup * 1000, fromTurn });
  const span = { lamps, seconds, giveUp };
  const gaveUp = await (rate === undefined
    ? sendInWindows(fleet, { ...span, window })
    : sendAtRate(fleet, { ...span, rate }));
  const sendingS = (performance.now() - start) / 1000;
  await drain(fleet, giveUp);
  const tookS = (fleet.lastAnswer() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const sent = fleet.sent();
  const account = fleet.account();
  const ackedPerS = Math.round(account.acknowledged / Math.max(tookS, 0.001));
  return {
    ...account,
    lamps,
    fromTurn,
    sent,
    sendingS,
    tookS,
    ackedPerS,
    perS: rate ?? ackedPerS,
    gaveUp,
    cpuS: (user + system) / 1e6,
    startedAt,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'mqtt://127.0.0.1:1883' },
      site: { type: 'string', default: 'bench' },
      lamps: { type: 'string', default: '100' },
      rate: { type: 'string', default: '10000' },
      seconds: { type: 'string', default: '20' },
      warmup: { type: 'string', default: '0' },
      'from-turn': { type: 'string', default: '0' },
      'give-up': { type: 'string', default: '10' },
      window: { type: 'string', default: '20' },
      closed: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      asked: { type: 'boolean', default: false },
    },
  });
  const load = await connectLoad({
    url: values.url,
    site: values.site,
    lamps: Number(values.lamps),
  });
  if (values.asked) {
    console.log('connected');
    for await (const line of createInterface({ input: process.stdin }))
      console.log(JSON.stringify(await load.run(JSON.parse(line) as LoadOptions)));
  } else {
    const { turns, unacknowledged, ...told } = await load.run({
      ...(!values.closed && { rate: Number(values.rate) }),
      window: Number(values.window),
      seconds: Number(values.seconds),
      warmup: Number(values.warmup),
      fromTurn: Number(values['from-turn']),
      giveUp: Number(values['give-up']),
    });
    if (values.json) console.log(JSON.stringify({ ...told, turns, unacknowledged }));
    else console.log({ ...told, spoke: turns.length, unacknowledged: unacknowledged.length });
  }
  load.close();
}
