import type { Message, Sample } from '../../gateway/decode/decoder.ts';

/** A card's sample as it would come off the wire. */
export function messageOf(sample: Sample): Message {
  const text = sample.line ?? sample.payload ?? '';
  return {
    bytes: sample.hex === undefined ? new TextEncoder().encode(text) : fromHex(sample.hex),
    ...(sample.topic !== undefined && { topic: sample.topic }),
    ...(sample.port !== undefined && { port: sample.port }),
  };
}

const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

export const textMessage = (text: string): Message => ({ bytes: new TextEncoder().encode(text) });
