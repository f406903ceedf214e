// As much of MQTT 3.1.1 as a sensor speaks that only publishes at QoS 1, written straight into
// bytes: a full client costs more per message than the gateway that is to be measured.

/** Seconds; ours sends within it always, the broker refuses none at all. */
const KEEP_ALIVE = 600;

/** With the length of what follows. */
const [CONNACK, PUBACK] = [0x20_02, 0x40_02];

/** A clean session without a will. */
export function connectPacket(clientId: string): Buffer {
  const id = Buffer.from(clientId);
  const variable = Buffer.from([0, 4, ...Buffer.from('MQTT'), 4, 0x02, 0, 0]);
  variable.writeUInt16BE(KEEP_ALIVE, variable.length - 2);
  const head = Buffer.from([0x10, 0, 0, 0, 0]);
  const headEnd = writeLength(head, 1, variable.length + 2 + id.length);
  return Buffer.concat([
    head.subarray(0, headEnd),
    variable,
    Buffer.from([id.length >> 8, id.length & 0xff]),
    id,
  ]);
}

export interface PublishWriter {
  /** Writes one PUBLISH at QoS 1 and gives the place after it; a payload is ASCII. */
  write(to: Buffer, at: number, message: { readonly id: number; readonly payload: string }): number;
}

/** How much a PUBLISH can add to its topic and payload. */
export const PUBLISH_OVERHEAD = 9;

export function createPublishWriter(topic: string): PublishWriter {
  const name = Buffer.concat([Buffer.alloc(2), Buffer.from(topic)]);
  name.writeUInt16BE(name.length - 2);
  return {
    write(to, at, { id, payload }) {
      to[at] = 0x32;
      let end = writeLength(to, at + 1, name.length + 2 + payload.length);
      to.set(name, end);
      end += name.length;
      to[end++] = id >> 8;
      to[end++] = id & 0xff;
      return end + to.write(payload, end, 'latin1');
    },
  };
}

/** MQTT 3.1.1, 2.2.3: seven bits a byte, the lowest first. */
function writeLength(to: Uint8Array, at: number, length: number): number {
  let [end, rest] = [at, length];
  for (; rest >= 0x80; rest >>= 7) to[end++] = (rest & 0x7f) | 0x80;
  to[end++] = rest;
  return end;
}

export interface AnswerListener {
  /** @param code 0 where the broker lets us in */
  connected(code: number): void;
  acknowledged(id: number): void;
}

/** Reads what a broker answers, however it is cut; anything but CONNACK and PUBACK is an error. */
export function createAnswerReader(
  listener: AnswerListener,
): (bytes: Uint8Array, length: number) => void {
  // Both packets have four bytes: kind, 2, and two of content.
  let answer = 0;
  let have = 0;
  return (bytes, length) => {
    for (let at = 0; at < length; at += 1) {
      answer = ((answer << 8) | (bytes[at] ?? 0)) >>> 0;
      have += 1;
      if (have < 4) continue;
      have = 0;
      const kind = answer >>> 16;
      if (kind === PUBACK) listener.acknowledged(answer & 0xffff);
      else if (kind === CONNACK) listener.connected(answer & 0xff);
      else throw new Error(`the broker answered ${answer.toString(16).padStart(8, '0')}`);
    }
  };
}
