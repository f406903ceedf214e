// One lamp's connection to the broker under test: a socket, its packet ids, and what is in flight.
// Ids are handed out in rounds; more of them are taken into use only as more is in flight.
import { connect } from 'node:net';
import type { PublishWriter } from './mqtt-wire.ts';
import {
  connectPacket,
  createAnswerReader,
  createPublishWriter,
  PUBLISH_OVERHEAD,
} from './mqtt-wire.ts';

export interface LampConnection {
  /** Takes a message for the next `flush`. @param due when it was to be sent, ms */
  add(payload: string, sent: { readonly turn: number; readonly due: number }): void;
  /** Hands everything added to the system in one piece. */
  flush(): void;
  inFlight(): number;
  /** Turns that were sent and not acknowledged. */
  unacknowledged(): number[];
  close(): void;
}

export interface LampListener {
  /** Something came; told before anything that is in it. */
  woken(): void;
  acknowledged(due: number): void;
  /** All acknowledgements that came in one piece have been told. */
  heard(count: number): void;
  /** The broker hung up. */
  lost(): void;
}

export interface LampOptions {
  readonly host: string;
  readonly port: number;
  readonly clientId: string;
  readonly topic: string;
}

const HIGHEST_ID = 65_535;
const SLAB = 1 << 20;

export async function connectLamp(
  options: LampOptions,
  listener: LampListener,
): Promise<LampConnection> {
  const { host, port, clientId, topic } = options;
  const flight = createFlight();
  const outbox = createOutbox(createPublishWriter(topic), topic.length);
  const { promise: admitted, resolve, reject } = Promise.withResolvers<void>();
  let heard = 0;
  const read = createAnswerReader({
    connected: (code) => (code === 0 ? resolve() : reject(new Error(`CONNACK ${code}`))),
    acknowledged(id) {
      const due = flight.landed(id);
      if (due === undefined) return;
      heard += 1;
      listener.acknowledged(due);
    },
  });
  const onread = {
    buffer: ANSWERS,
    callback(length: number): boolean {
      listener.woken();
      read(ANSWERS, length);
      if (heard > 0) listener.heard(heard);
      heard = 0;
      return true;
    },
  };
  let isLost = false;
  const socket = connect({ host, port, noDelay: true, onread });
  socket.once('connect', () => socket.write(connectPacket(clientId)));
  socket.once('error', reject); // after the CONNACK `close` tells it
  socket.once('close', () => {
    isLost = true;
    listener.lost();
    reject(new Error(`${clientId}: the broker hung up`));
  });
  await admitted;
  return {
    add: (payload, sent) => outbox.add(flight.started(sent), payload),
    flush() {
      const bytes = outbox.take();
      if (bytes.length > 0 && !isLost) socket.write(bytes);
    },
    inFlight: flight.size,
    unacknowledged: flight.turns,
    close() {
      socket.removeAllListeners('close');
      socket.destroy();
    },
  };
}

/** What is read is understood before anything else is: one place for all lamps, and no garbage. */
const ANSWERS = new Uint8Array(65_536);

/** Which message each packet id stands for. */
function createFlight() {
  let dues = new Float64Array(64);
  let turns = new Uint32Array(64);
  let size = 0;
  let last = 0;

  function grow(): void {
    const capacity = Math.min(HIGHEST_ID + 1, dues.length * 2);
    if (capacity === dues.length) throw new Error('65,535 messages of one lamp wait for an answer');
    last = dues.length - 1;
    const [oldDues, oldTurns] = [dues, turns];
    dues = new Float64Array(capacity);
    dues.set(oldDues);
    turns = new Uint32Array(capacity);
    turns.set(oldTurns);
  }

  return {
    started({ turn, due }: { readonly turn: number; readonly due: number }): number {
      if (size >= dues.length - 1) grow();
      do last = last + 1 < dues.length ? last + 1 : 1;
      while (dues[last] !== 0);
      dues[last] = due;
      turns[last] = turn;
      size += 1;
      return last;
    },
    landed(id: number): number | undefined {
      const due = dues[id];
      if (!due) return undefined;
      dues[id] = 0;
      size -= 1;
      return due;
    },
    size: () => size,
    turns: () => [...turns].filter((_, id) => dues[id] !== 0),
  };
}

/** All lamps write into one slab after the other; the system has each piece before it is full. */
let slab = Buffer.allocUnsafeSlow(SLAB);
let used = 0;
const NOTHING = Buffer.alloc(0);

function createOutbox(writer: PublishWriter, topicLength: number) {
  let begin = -1;
  let kept: Buffer[] = [];

  function cut(): void {
    if (begin >= 0) kept.push(slab.subarray(begin, used));
    begin = -1;
  }

  return {
    /** Between an `add` and its `take` no other lamp may add. */
    add(id: number, payload: string): void {
      if (used + PUBLISH_OVERHEAD + topicLength + payload.length > SLAB) {
        cut();
        slab = Buffer.allocUnsafeSlow(SLAB);
        used = 0;
      }
      if (begin < 0) begin = used;
      used = writer.write(slab, used, { id, payload });
    },
    take(): Buffer {
      cut();
      const [only = NOTHING] = kept;
      const bytes = kept.length > 1 ? Buffer.concat(kept) : only;
      kept = [];
      return bytes;
    },
  };
}
