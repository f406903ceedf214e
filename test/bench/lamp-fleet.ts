// All lamps of one load: their connections, what each has said, and how long the answers took.
import type { Percentiles } from './histogram.ts';
import { createHistogram } from './histogram.ts';
import type { LampConnection, LampListener } from './lamp-connection.ts';
import { connectLamp } from './lamp-connection.ts';
import { lampId, lampTopic, payloadOf } from './lamp-messages.ts';

export interface Fleet {
  /** Hands a lamp's next message over, for its next `flush`. @param due when it is to be sent, ms */
  add(lamp: number, due: number): void;
  flush(lamp: number): void;
  sent(): number;
  waiting(): number;
  /** When the last answer came, to any lamp, ms. */
  lastAnswer(): number;
  hasLost(): boolean;
  /** Counts anew; every lamp spoke `fromTurn` times before. Delays are of what is due `countFrom` on. */
  begin(load: { readonly at: number; readonly countFrom: number; readonly fromTurn: number }): void;
  /** Tells how many messages of which lamp were just answered. */
  onAnswers(listener: (lamp: number, count: number) => void): void;
  account(): Account;
  close(): void;
}

export interface Account {
  readonly turns: readonly number[];
  readonly acknowledged: number;
  readonly unacknowledged: readonly number[];
  readonly lostConnections: number;
  /** That waited for an answer at once. */
  readonly mostInFlight: number;
  /** From when a message was due. */
  readonly ackMs: Percentiles;
  /** How late this process itself wrote them; what is large here is no fault of the broker's. */
  readonly lateMs: Percentiles;
}

export interface FleetOptions {
  readonly url: string;
  readonly site: string;
  readonly lamps: number;
}

/** A broker that counts strangers by address would turn a crowd away. */
const CONNECTING_AT_ONCE = 10;

export async function connectFleet(options: FleetOptions): Promise<Fleet> {
  const { lamps } = options;
  const turns = Array.from({ length: lamps }, () => 0);
  let [ackMs, lateMs] = [createHistogram(), createHistogram()];
  const stamp = createStamp();
  let listener = (_lamp: number, _count: number): void => undefined;
  let [fromTurn, sent, acknowledged, mostInFlight, lost] = [0, 0, 0, 0, 0];
  let [countFrom, lastAnswer] = [Number.POSITIVE_INFINITY, 0];
  const connections = await connectAll(options, (lamp) => ({
    woken: () => void (lastAnswer = performance.now()),
    acknowledged(due) {
      acknowledged += 1;
      if (due >= countFrom) ackMs.add(lastAnswer - due);
    },
    heard: (count) => listener(lamp, count),
    lost: () => void (lost += 1),
  }));
  return {
    add(lamp, due) {
      const turn = fromTurn + (turns[lamp] ?? 0);
      turns[lamp] = turn - fromTurn + 1;
      sent += 1;
      mostInFlight = Math.max(mostInFlight, sent - acknowledged);
      if (due >= countFrom) lateMs.add(performance.now() - due);
      const payload = payloadOf(turn * lamps + lamp, lamps, stamp(due));
      connections[lamp]?.add(payload, { turn, due });
    },
    flush: (lamp) => connections[lamp]?.flush(),
    sent: () => sent,
    waiting: () => sent - acknowledged,
    lastAnswer: () => lastAnswer,
    hasLost: () => lost > 0,
    begin(load) {
      if (sent > acknowledged) throw new Error('messages of the load before wait for an answer');
      ({ at: lastAnswer, countFrom, fromTurn } = load);
      turns.fill(0);
      [sent, acknowledged, mostInFlight] = [0, 0, 0];
      [ackMs, lateMs] = [createHistogram(), createHistogram()];
    },
    onAnswers: (hear) => void (listener = hear),
    account: () => ({
      turns,
      acknowledged,
      unacknowledged: connections.flatMap((each, lamp) =>
        each.unacknowledged().map((turn) => turn * lamps + lamp),
      ),
      lostConnections: lost,
      mostInFlight,
      ackMs: ackMs.percentiles(),
      lateMs: lateMs.percentiles(),
    }),
    close() {
      for (const each of connections) each.close();
    },
  };
}

async function connectAll(
  { url, site, lamps }: FleetOptions,
  listenerOf: (lamp: number) => LampListener,
): Promise<LampConnection[]> {
  const { hostname: host, port } = new URL(url);
  const connections: LampConnection[] = [];
  while (connections.length < lamps) {
    const first = connections.length;
    const group = Array.from(
      { length: Math.min(CONNECTING_AT_ONCE, lamps - first) },
      (_, index) => first + index,
    );
    const connecting = group.map((lamp) =>
      connectLamp(
        { host, port: Number(port || 1883), clientId: lampId(lamp), topic: lampTopic(site, lamp) },
        listenerOf(lamp),
      ),
    );
    connections.push(...(await Promise.all(connecting)));
  }
  return connections;
}

/** The wall-clock time of a moment as a lamp writes it; a millisecond is written out only once. */
function createStamp(): (moment: number) => string {
  let last = Number.NaN;
  let text = '';
  return (moment) => {
    const ms = Math.floor(performance.timeOrigin + moment);
    if (ms !== last) text = new Date(ms).toISOString();
    last = ms;
    return text;
  };
}
