// As much of MQTT 3.1.1 as a sensor speaks that only publishes at QoS 1, written straight into
// bytes: a full client costs more per message than the gateway that is to be measured.

/** Seconds; ours sends within it always, the broker refuses none at all. */
const KEEP_ALIVE = 600;

const [CONNACK, PUBACK] = [0x20, 0x40];

/** A clean session without a will. */
export function connectPacket(clientId: string): Buffer {
  const id = Buffer.from(clientId);
  const variable = Buffer.from([0, 4, ...Buffer.from('MQTT'), 4, 0x02, 0, 0]);
  variable.writeUInt16BE(KEEP_ALIVE, variable.length - 2);
  return Buffer.concat([
    Buffer.from([0x10, ...remainingLength(variable.length + 2 + id.length)]),
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
      let end = at;
      to[end++] = 0x32;
      for (const byte of remainingLength(name.length + 2 + payload.length)) to[end++] = byte;
      end += name.copy(to, end);
      to[end++] = id >> 8;
      to[end++] = id & 0xff;
      return end + to.write(payload, end, 'latin1');
    },
  };
}

/** MQTT 3.1.1, 2.2.3: seven bits a byte, the lowest first. */
function remainingLength(length: number): number[] {
  const low = length & 0x7f;
  return length < 0x80 ? [low] : [low | 0x80, ...remainingLength(length >> 7)];
}

export interface AnswerListener {
  /** @param code 0 where the broker lets us in */
  connected(code: number): void;
  acknowledged(id: number): void;
}

/** Reads what a broker answers, however it is cut; anything but CONNACK and PUBACK is an error. */
export function createAnswerReader(listener: AnswerListener): (chunk: Uint8Array) => void {
  // Both packets have four bytes: kind, 2, and two of content.
  const kept = [0, 0, 0, 0];
  let have = 0;
  return (chunk) => {
    for (const byte of chunk) {
      kept[have++] = byte;
      if (have < 4) continue;
      have = 0;
      const [kind, length, high = 0, low = 0] = kept;
      if (length !== 2 || (kind !== PUBACK && kind !== CONNACK))
        throw new Error(`the broker answered ${Buffer.from(kept).toString('hex')}`);
      if (kind === PUBACK) listener.acknowledged(high * 256 + low);
      else listener.connected(low);
    }
  };
}
