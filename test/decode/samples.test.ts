// Other people's lines, from manuals, libraries and forums: each must give what its collector says
// it means, or be refused by the name that fits. The words are theirs, so a table translates them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decoderNamed } from '../../gateway/decode/index.ts';
import type { Decoded } from '../../gateway/decode/decoder.ts';
import type { Refusal } from '../../gateway/domain/reading.ts';
import { createFramer } from '../../gateway/sources/framer.ts';
import { samplesFolder } from '../tools.ts';

type Meaning = Readonly<Record<string, unknown>>;

interface Line {
  readonly hex: string;
  readonly meaning: Meaning;
}

interface Collection {
  readonly lines?: readonly Line[];
  readonly frames?: readonly Line[];
}

/** `checksum_models_nmea_sr50a.json` shows checksums of protocols that have no card. */
const CARDS: Readonly<Record<string, string>> = {
  'mt_sics.json': 'mt-sics',
  'aandd_standard.json': 'and-standard',
  'aandd_indicator_18byte.json': 'and-indicator',
  'maxbotix_rs232.json': 'maxbotix',
  'a02yyuw_uart.json': 'a02yyuw',
  'hx711_arduino_prints.json': 'hx711-print',
};

const REASONS: readonly (readonly [words: RegExp, reason: Refusal])[] = [
  [/overload, negative|^underload/, 'underload'],
  [/saturated/, 'sensor-fault'],
  [/overload|out of range/, 'overload'],
  [/no target/, 'no-echo'],
  [/^checksum/, 'checksum'],
  [/noise/, 'not-ascii'],
  [/not executable/, 'unstable'],
  [/syntax|transmission|logical|wrong parameter/, 'sensor-fault'],
  [/no load cell amplifier|not found/, 'sensor-fault'],
];
/** What is said besides measuring. */
const TALK = ['ack', 'info', 'serial', 'tare', 'boot', 'event'];
const KILOGRAMS: Readonly<Record<string, number>> = { kg: 1, g: 0.001, ct: 0.0002 };

type Wanted = { readonly value: number; readonly quantity: string } | { readonly reason: Refusal };

function wantedOf(meaning: Meaning): Wanted {
  const { error, weight, unit, kind = 'gross', stable, mm, cm, raw } = meaning;
  if (typeof error === 'string') {
    const [, reason] = REASONS.find(([words]) => words.test(error)) ?? [];
    if (reason === undefined) throw new Error(`no reason for “${error}”`);
    return { reason };
  }
  if (TALK.some((word) => word in meaning)) return { reason: 'empty' };
  if (stable === false) return { reason: 'unstable' };
  if (typeof weight === 'number') return { value: inKg(weight, unit), quantity: String(kind) };
  if (typeof mm === 'number') return { value: mm, quantity: 'distance' };
  if (typeof cm === 'number') return { value: cm * 10, quantity: 'distance' };
  if (raw !== undefined) return { reason: 'unknown-quantity' };
  const value = meaning['units'] ?? meaning['reading'] ?? meaning['value'];
  if (typeof value === 'number') return { value: value + 0, quantity: 'gross' };
  if (/nearer/.test(String(meaning['note']))) return { value: 300, quantity: 'distance' };
  throw new Error(`no meaning in ${JSON.stringify(meaning)}`);
}

const inKg = (weight: number, unit: unknown): number =>
  Number((weight * (KILOGRAMS[String(unit)] ?? Number.NaN)).toPrecision(12));

const optionsFor = (meaning: Meaning) => (meaning['model'] === 'SEN0627' ? { unit: 'cm' } : {});

const folder = samplesFolder();

describe.skipIf(folder === undefined).each(Object.entries(CARDS))('%s', (file, name) => {
  const text = folder ? readFileSync(path.join(folder, 'serial', file), 'utf8') : '{}';
  const collection: Collection = JSON.parse(text);
  const lines = (collection.lines ?? collection.frames ?? []).map((line) => {
    const bytes = Buffer.from(line.hex, 'hex');
    return { ...line, bytes, title: JSON.stringify(bytes.toString('latin1')) };
  });
  const card = decoderNamed(name);
  if (!card) throw new Error(`no card ${name}`);

  it.each(lines)('$title means what its collector says', ({ bytes, meaning }) => {
    const decoded = card.decode({ bytes }, optionsFor(meaning));
    const became = { measured: measuredOf(decoded), reasons: [...new Set(reasonsOf(decoded))] };
    const wanted = wantedOf(meaning);
    const beside = startsInside(meaning) ? ['malformed'] : [];
    expect(became).toEqual(
      'reason' in wanted
        ? { measured: [], reasons: [wanted.reason] }
        : { measured: [wanted], reasons: beside },
    );
  });

  it.each(lines.filter(({ meaning }) => meaning['stable'] === false))(
    '$title is a weight where unstable ones are wanted',
    ({ bytes, meaning }) => {
      const { weight, unit, kind = 'gross' } = meaning;
      const decoded = card.decode({ bytes }, { unstable: 'take' });
      expect(measuredOf(decoded)).toEqual([{ quantity: kind, value: inKg(Number(weight), unit) }]);
    },
  );

  it('all of them down one line, a byte at a time, give the same readings', () => {
    const ended = lines.filter(({ bytes }) => name === 'a02yyuw' || /[\r\n]$/.test(String(bytes)));
    const heard: Decoded[] = [];
    const framer = createFramer({ framing: card.framing, maxLine: 256 }, (bytes, damage) => {
      if (damage === undefined) heard.push(card.decode({ bytes }, {}));
    });
    for (const { bytes } of ended) for (const byte of bytes) framer.write(Buffer.from([byte]));
    expect(heard.flatMap(measuredOf)).toEqual(
      ended.flatMap(({ bytes }) => measuredOf(card.decode({ bytes }, {}))),
    );
  });
});

const measuredOf = (decoded: Decoded) => decoded.frames.flatMap((frame) => frame.measured);
const reasonsOf = (decoded: Decoded) => decoded.refused.map((refused) => refused.reason);
const startsInside = (meaning: Meaning): boolean => /mid-frame/.test(String(meaning['trap']));
