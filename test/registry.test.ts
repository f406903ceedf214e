// Every card in the index passes here, those to come as well. A card that can throw, that yields
// what it did not declare, or whose samples are not true, does not get in.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decoded, Decoder, Message, Sample } from '../gateway/decode/decoder.ts';
import { DECODERS, decoderNamed } from '../gateway/decode/index.ts';
import { describeOutcome } from '../gateway/decode/outcome.ts';
import { isQuantity } from '../gateway/domain/quantity.ts';
import { REFUSALS } from '../gateway/domain/reading.ts';
import { DEVICE_PAGE, devicePage } from './decode/device-table.ts';
import { messageOf } from './decode/sample-message.ts';
import { ROOT } from './tools.ts';

/** Damage is tried on a sample's first bytes; what pads it to 64 kB is all alike. */
const HARMED = 400;

describe('the index of cards', () => {
  it('names are unique, in kebab case, and found again', () => {
    const names = DECODERS.map((decoder) => decoder.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(DECODERS.filter((decoder) => decoderNamed(decoder.name) !== decoder)).toEqual([]);
    expect(decoderNamed('no-such-card')).toBeUndefined();
    expect(decoderNamed('constructor')).toBeUndefined();
  });

  it('a datasheet named by its path in this repository is there', () => {
    expect(
      DECODERS.map((decoder) => decoder.datasheet)
        .filter((sheet) => /^(?:gateway|docs)\//.test(sheet))
        .filter((sheet) => !existsSync(path.join(ROOT, sheet))),
    ).toEqual([]);
  });

  it('the page of devices says what the cards say', () => {
    const page = path.join(ROOT, DEVICE_PAGE);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, devicePage(DECODERS));
    expect(readFileSync(page, 'utf8')).toBe(devicePage(DECODERS));
  });
});

describe.each(DECODERS.map((decoder) => [decoder.name, decoder] as const))('%s', (_, decoder) => {
  const samples = decoder.samples.map((sample) => [sample.title, sample] as const);

  it('shows at least one good sample and one that it refuses', () => {
    expect(decoder.samples.some((sample) => 'readings' in sample.gives)).toBe(true);
    expect(decoder.samples.some((sample) => 'rejected' in sample.gives)).toBe(true);
  });

  it.each(samples)('reads as its card says: %s', (_, sample) => {
    const decoded = decoder.decode(messageOf(sample), sample.options ?? {});
    const { gives } = sample;
    expect(readingsOf(decoded)).toEqual('readings' in gives ? gives.readings : []);
    const reasons = decoded.refused.map((refused) => refused.reason);
    expect(reasons).toEqual('rejected' in gives ? [gives.rejected] : []);
  });

  it.each(samples)('survives the end of the message coming too soon: %s', (_, sample) => {
    const { bytes, ...rest } = messageOf(sample);
    const lengths = Array.from({ length: Math.min(bytes.length, HARMED) }, (_, length) => length);
    const cut = lengths.map((length) => ({ ...rest, bytes: bytes.slice(0, length) }));
    expect(cut.flatMap((message) => faultsOf(decoder, message, sample.options))).toEqual([]);
  });

  it.each(samples)('survives any one bit turned: %s', (_, sample) => {
    const { bytes, ...rest } = messageOf(sample);
    const bits = Array.from({ length: Math.min(bytes.length, HARMED) * 8 }, (_, bit) => bit);
    const harmed = bits.map((bit) => ({ ...rest, bytes: withBitTurned(bytes, bit) }));
    expect(harmed.flatMap((message) => faultsOf(decoder, message, sample.options))).toEqual([]);
  });

  it('survives bytes of no meaning', () => {
    expectNoFault(decoder, fc.uint8Array({ maxLength: 400 }));
  });

  it('survives any JSON', () => {
    const names = ['seq', 'at', 'on', 'wet.fill', '__proto__', 'toString'];
    const named = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom(...names)),
      fc.oneof(fc.jsonValue(), fc.double(), fc.constantFrom(1e308, -0, '1', null)),
    );
    const json = fc.oneof(fc.json(), named.map(encodable), fc.array(named).map(encodable));
    expectNoFault(
      decoder,
      json.map((text) => new TextEncoder().encode(text)),
    );
  });

  it('survives the pieces of its own samples in any order', () => {
    const pieces = decoder.samples
      .map((sample) => messageOf(sample).bytes.slice(0, HARMED))
      .flatMap((bytes) => [bytes, bytes.slice(0, bytes.length / 2), bytes.slice(bytes.length / 2)]);
    expectNoFault(
      decoder,
      fc
        .array(fc.constantFrom(...pieces), { maxLength: 8 })
        .map((parts) => new Uint8Array(parts.flatMap((part) => [...part]))),
    );
  });
});

const encodable = (value: unknown): string => JSON.stringify(value);

const readingsOf = (decoded: Decoded) =>
  decoded.frames.flatMap((frame) =>
    frame.measured.map((measured) => ({
      ...measured,
      ...(frame.observedAt !== undefined && {
        observedAt: new Date(frame.observedAt).toISOString(),
      }),
    })),
  );

function withBitTurned(bytes: Uint8Array, bit: number): Uint8Array {
  const turned = bytes.slice(0, HARMED);
  turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return turned;
}

function expectNoFault(decoder: Decoder, messages: fc.Arbitrary<Uint8Array>): void {
  fc.assert(
    fc.property(messages, (bytes) => {
      expect(faultsOf(decoder, { bytes })).toEqual([]);
    }),
  );
}

/** Whatever comes in: no exception, nothing undeclared, nothing infinite, never silence. */
function faultsOf(decoder: Decoder, message: Message, options: Sample['options'] = {}): unknown[] {
  const decoded = decoder.decode(message, options);
  const again = decoder.decode({ ...message, bytes: message.bytes.slice() }, options);
  const measured = decoded.frames.flatMap((frame) => frame.measured);
  const held = {
    'every value is a number': measured.every(({ value }) => Number.isFinite(value)),
    'every quantity is declared': measured.every(({ quantity }) => isDeclared(decoder, quantity)),
    'every reason is known': decoded.refused.every(({ reason }) => REFUSALS.includes(reason)),
    'no frame is empty': decoded.frames.every((frame) => frame.measured.length > 0),
    'something came of it': decoded.frames.length + decoded.refused.length > 0,
    'it can be told': JSON.stringify(describeOutcome(decoded)) !== '',
    'it is the same twice': JSON.stringify(again) === JSON.stringify(decoded),
  };
  return Object.entries(held)
    .filter(([, holds]) => !holds)
    .map(([rule]) => ({ rule, message, decoded }));
}

const isDeclared = (decoder: Decoder, quantity: string): boolean =>
  isQuantity(quantity) && (decoder.yields === 'any' || decoder.yields.includes(quantity));
