// One connection to a broker elsewhere, from dialling to its end. Reconnecting is link.ts's work,
// so the library's own is off, and so is everything that it would keep in memory for it.
//
//   socket ─▶ packet guard ─▶ library ─▶ message ──durable──▶ PUBACK, in the order of the messages
//                                          └─ fault ─▶ the connection ends, the broker sends again
//
// Promise: no message is acknowledged before `message` has resolved, nor out of order; and no more
// than UNANSWERED are on their way, after which the broker waits.
import type { Socket } from 'node:net';
import { connect as connectTcp, isIP } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { MqttClient } from 'mqtt';
import type { IClientOptions, IPublishPacket } from 'mqtt';
import { Fault } from '../domain/fault.ts';
import type { Duration } from '../domain/time.ts';
import { seconds } from '../domain/time.ts';
import { whyInWords } from './broker-words.ts';
import { createPacketGuard } from './packet-guard.ts';
import type { PacketGuard } from './packet-guard.ts';

export interface ConnectionSettings {
  /** `mqtt://host[:port]`, or `mqtts://` for TLS. */
  readonly url: string;
  /** The broker knows us by it and keeps what we miss under it. */
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  readonly keepAlive: Duration;
  readonly filters: readonly string[];
}

export interface ConnectionEvents {
  /** Takes one message; the broker is told once this resolves. Rejects with a Fault. */
  message(packet: IPublishPacket): Promise<unknown>;
  /** There are skipped bytes more than there were. */
  skipped(): void;
  /** The connection is over by itself, up or not. Called at most once. */
  ended(fault: Fault): void;
}

export interface Connection {
  /** Resolves once every subscription is granted; rejects with a Fault. */
  readonly ready: Promise<void>;
  /** Takes nothing more, answers what was taken, says goodbye. */
  close(): Promise<void>;
  /** Of messages that were too large. */
  skippedBytes(): number;
}

/** From dialling to CONNACK. */
const CONNECT_WITHIN = seconds(10);
/** For a broker to take our last words and close. */
const GOODBYE_WITHIN = seconds(1);
/** More than brokers send before the first is acknowledged, and few enough to be kept. */
const UNANSWERED = 64;
const DISCONNECT = Buffer.of(0xe0, 0);

export function openConnection(settings: ConnectionSettings, events: ConnectionEvents): Connection {
  const ready = Promise.withResolvers<void>();
  const guard = createPacketGuard((why) => end(fault(why)));
  const stream = guarded(dial(new URL(settings.url)), guard, events.skipped);
  const client = new MqttClient(() => stream, optionsFor(settings));
  const answers = createAnswers(events.message, {
    acknowledge: (id) => void stream.write(Buffer.of(0x40, 2, id >> 8, id & 0xff)),
    failed: (reason) => end(reason),
  });
  let over = false;
  let leaving = false;

  const fault = (why: string, cause?: unknown): Fault =>
    new Fault('broker-unreachable', `${settings.url}: ${why}`, cause);

  function end(reason: Fault): void {
    if (over) return;
    over = true;
    answers.stop();
    client.end(true);
    ready.reject(reason);
    events.ended(reason);
  }

  client.on('error', (error) => end(fault(whyInWords(error), error)));
  client.on('close', () => {
    if (!leaving) end(fault('the broker closed the connection'));
  });
  client.handleMessage = (packet, next) => answers.take(packet, next);
  client.once('connect', () => {
    client.subscribe([...settings.filters], { qos: 1 }, (error) => {
      if (error) end(fault(`the broker refuses a subscription: ${error.message}`, error));
      else ready.resolve();
    });
  });

  return {
    ready: ready.promise,
    async close() {
      answers.stop();
      await answers.settled();
      leaving = true;
      if (client.connected && !over) await goodbye(stream);
      end(new Fault('stopping', `${settings.url}: the gateway is stopping`));
    },
    skippedBytes: () => guard.skippedBytes(),
  };
}

/**
 * The last acknowledgements may still be on their way to the socket: ending it sends them first,
 * destroying it would drop them, and the broker would send again what is stored. The broker closes
 * after DISCONNECT; one that does not is not waited for.
 */
function goodbye(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GOODBYE_WITHIN);
    stream.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    stream.end(DISCONNECT);
  });
}

function optionsFor({ clientId, username, password, keepAlive }: ConnectionSettings) {
  return {
    clientId,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    // What is not acknowledged stays with the broker, over our restarts as well.
    clean: false,
    reconnectPeriod: 0,
    keepalive: Math.min(0xffff, Math.max(1, Math.round(keepAlive / 1000))),
    connectTimeout: CONNECT_WITHIN,
  } satisfies IClientOptions;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'mqtt:': 1883, 'mqtts:': 8883 };

function dial({ protocol, hostname, port: given }: URL): Socket {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const port = given === '' ? (DEFAULT_PORTS[protocol] ?? 1883) : Number(given);
  const to = { host, port, noDelay: true };
  if (protocol !== 'mqtts:') return connectTcp(to);
  return connectTls(isIP(host) === 0 ? { ...to, servername: host } : to);
}

/** The socket as the library sees it: nothing reaches it past the guard. */
function guarded(socket: Socket, guard: PacketGuard, skipped: () => void): Duplex {
  const stream = new Duplex({
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => void socket.write(chunk, done),
    final: (done) => void socket.end(done),
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  socket.on('data', (chunk: Buffer) => {
    const before = guard.skippedBytes();
    const seen = guard.pass(chunk);
    if (guard.skippedBytes() > before) skipped();
    if (seen.length > 0 && !stream.push(seen)) socket.pause();
  });
  socket.on('end', () => void stream.push(null));
  socket.on('error', (error) => stream.destroy(error));
  socket.on('close', () => stream.destroy());
  return stream;
}

interface AnswerEvents {
  acknowledge(packetId: number): void;
  failed(fault: Fault): void;
}

/**
 * The library acknowledges one message before it looks at the next, which would be one commit for
 * each. So it is told at once that a message is dealt with, by an error that keeps it from
 * acknowledging, and the acknowledgement is written here.
 */
const ANSWERED_HERE = new Error('acknowledged elsewhere');

function createAnswers(message: ConnectionEvents['message'], events: AnswerEvents) {
  let unanswered = 0;
  let held: (() => void) | undefined;
  let stopped = false;
  let last: Promise<unknown> = Promise.resolve();

  function answered({ qos, messageId }: IPublishPacket): void {
    if (qos > 0 && messageId !== undefined) events.acknowledge(messageId);
    unanswered -= 1;
    const next = held;
    held = undefined;
    next?.();
  }

  return {
    take(packet: IPublishPacket, next: (error?: Error) => void): void {
      if (stopped) return; // the broker keeps it
      unanswered += 1;
      last = Promise.all([last, message(packet)]).then(() => answered(packet));
      last.catch((error: unknown) => {
        // What is no Fault is a mistake of ours, and must end the process.
        if (!(error instanceof Fault)) throw error;
        events.failed(error);
      });
      if (unanswered < UNANSWERED) next(ANSWERED_HERE);
      else held = () => next(ANSWERED_HERE);
    },
    stop(): void {
      stopped = true;
    },
    settled: () => Promise.allSettled([last]),
  };
}
