// The short way through JSON and the long one tell the same of every text: a line feed in front of a
// text changes nothing of what it says, but sends it the long way.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { courtyardJson } from '../../gateway/decode/courtyard-json.ts';
import type { Decoded } from '../../gateway/decode/decoder.ts';
import { readPlain } from '../../gateway/decode/plain-json.ts';
import { textMessage } from './sample-message.ts';

const LIMITS = { bytes: 65_536, elements: 500, fields: 64, seq: 65_535 };
const plain = (text: string) => readPlain(textMessage(text).bytes, LIMITS);
const decode = (text: string) => courtyardJson.decode(textMessage(text));
const longWay = (text: string) => courtyardJson.decode(textMessage(`\n${text}`));
/** A parser tells where it stopped, and a line feed moves that. */
const withoutPlaces = ({ refused }: Decoded) =>
  refused.map((each) => (each.reason === 'not-json' ? each.reason : each));

const digits = fc.stringMatching(/^-?\d{1,9}(\.\d{1,8})?$/);
const number = fc.oneof(
  { weight: 6, arbitrary: digits },
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom('0', '-0', '0.0', '-0.00', '1.50', '28.0', '007', '1e3', '1.', '.5', '-', '+1'),
  fc.constantFrom('0.000001', '0.0000009', '0.10', '999999999999999', '9999999999999999'),
  fc.constantFrom('0.1234567890123456789', '123456789.1234567', '1E5', '-1.0', '00', '0.00000100'),
);
const moment = fc.oneof(
  fc
    .date({ min: new Date('2026-11-22'), max: new Date('2026-11-22T23:59:59.999Z') })
    .map((at) => JSON.stringify(at)),
  fc.constantFrom('1793613600000', '1793613600000.75', '"2026-11-22T24:00:00.000Z"', 'null'),
  fc.constantFrom('"2026-11-22T10:00:00Z"', '"2026-11-22T10:0:000.000Z"', '"now"', '9e15'),
);
const field = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constantFrom('power', 'wet.distance', 'energy'), number) },
  fc.tuple(fc.constantFrom('on', 'dry.lid'), fc.oneof(fc.constantFrom('true', 'false'), number)),
  fc.tuple(fc.constant('at'), moment),
  fc.tuple(fc.constant('seq'), fc.oneof(fc.nat(70_000).map(String), number)),
  fc.tuple(
    fc.constantFrom('smell', '__proto__', '', 'po\\u0077er', '灯', 'a'.repeat(80), '7', 'power '),
    fc.oneof(number, fc.constantFrom('"28.4"', 'null', '[]', '{}', 'true')),
  ),
);
const LETTERS = ['{', '}', '[', ']', '"', ':', ',', '.', '-', '0', '9', 'e', ' ', '\\', '\n', '灯'];
const gap = fc.constantFrom('', '', '', ' ', '  ', '\t');
const element = fc
  .tuple(fc.array(field, { maxLength: 6 }), gap, gap)
  .map(([fields, before, behind]) => {
    const told = fields.map(([name, value]) => `"${name}"${before}:${behind}${value}`);
    return `{${before}${told.join(`${behind},${before}`)}${behind}}`;
  });
const text = fc.oneof(
  element,
  fc
    .tuple(fc.array(element, { maxLength: 3 }), gap)
    .map(([all, space]) => `[${all.join(`,${space}`)}]`),
);

describe('plain JSON', () => {
  it('says the same by the short way and by the long one', () => {
    fc.assert(
      fc.property(text, (said) => {
        const [short, long] = [decode(said), longWay(said)];
        expect(short.frames).toEqual(long.frames);
        expect(withoutPlaces(short)).toEqual(withoutPlaces(long));
      }),
      { numRuns: 3000 },
    );
  });

  it('says the same when it is cut short or one byte of it is another', () => {
    const damaged = fc.tuple(text, fc.nat(), fc.constantFrom(...LETTERS));
    fc.assert(
      fc.property(damaged, ([said, where, letter]) => {
        const at = where % (said.length + 1);
        const turned = said.slice(0, at) + letter + said.slice(at + 1);
        for (const each of [said.slice(0, at), turned]) {
          if (each === '') continue;
          const [short, long] = [decode(each), longWay(each)];
          expect(short.frames).toEqual(long.frames);
          expect(withoutPlaces(short)).toEqual(withoutPlaces(long));
        }
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    '{"seq":7,"at":"2026-11-22T10:00:00.000Z","on":1,"power":28.40,"energy":104522}',
    '{"wet.distance": 412, "dry.lid": true, "at": 1793613600000}',
    '[{"seq":1,"lid":0}, {"seq":2,"lid":false}]',
  ])('%s takes the short way', (said) => {
    decode('{"at":"2026-11-22T10:00:00.000+00:00","lid":1}');
    expect(plain(said)).toEqual(longWay(said).frames);
  });

  it.each([
    ['a name given twice', '{"lid":0,"lid":1}'],
    ['a name we do not know', '{"smell":1,"lid":1}'],
    ['a seq past the last', '{"seq":65536,"lid":1}'],
    ['a number of sixteen digits', '{"energy":1.000000000000001}'],
    ['a number with an exponent', '{"energy":1e3}'],
    ['nothing to tell', '{"seq":1}'],
    ['something behind it', '{"lid":1}1'],
    ['more elements than are taken', `[${Array.from({ length: 501 }, () => '{"lid":1}').join()}]`],
    ['more than 64 kB', '{"lid":1}'.padEnd(65_537)],
  ])('%s goes the long way', (_, said) => {
    expect(plain(said)).toBeUndefined();
  });

  it('says the same of names in their thousands, of which not all can be kept', () => {
    for (let n = 0; n < 5000; n++) {
      const said = `{"c${n}.lid":1}`;
      expect(decode(said)).toEqual(longWay(said));
    }
  });
});
