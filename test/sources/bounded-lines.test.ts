import { Buffer } from 'node:buffer';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBoundedLines } from '../../gateway/sources/bounded-lines.ts';

const MAX = 8;

interface Passed {
  readonly through: string;
  readonly overlong: readonly string[];
  readonly skipped: number;
  readonly mostHeld: number;
}

/** Bytes in and out as latin-1, one character a byte. */
async function pass(chunks: readonly string[], maxLine = MAX): Promise<Passed> {
  const overlong: string[] = [];
  const lines = createBoundedLines({
    maxLine,
    onOverlong: (beginning) => overlong.push(beginning.toString('latin1')),
  });
  let through = '';
  let mostHeld = 0;
  lines.stream.on('data', (bytes: Buffer) => (through += bytes.toString('latin1')));
  for (const chunk of chunks) {
    lines.stream.write(Buffer.from(chunk, 'latin1'));
    mostHeld = Math.max(mostHeld, lines.heldBytes());
  }
  await new Promise((resolve) => lines.stream.end().once('end', resolve));
  return { through, overlong, skipped: lines.skippedBytes(), mostHeld };
}

describe('lines up to the limit pass byte for byte', () => {
  it.each<[fact: string, chunks: string[], through: string]>([
    ['a whole line', ['abc\r\n'], 'abc\r\n'],
    ['a line in pieces', ['a', 'b', 'c\r', '\n'], 'abc\r\n'],
    ['several lines in one chunk', ['a\nb\r\nc\n'], 'a\nb\r\nc\n'],
    ['lines cut anywhere', ['a\nb', 'c\nd', '\n'], 'a\nbc\nd\n'],
    ['LF without CR', ['abc\n'], 'abc\n'],
    ['CR without LF, which ends no line', ['abc\rd\n'], 'abc\rd\n'],
    ['CR CR LF', ['abc\r\r\n'], 'abc\r\r\n'],
    ['empty lines', ['\n\r\n\n'], '\n\r\n\n'],
    ['exactly as long as allowed, LF', ['12345678\n'], '12345678\n'],
    ['exactly as long as allowed, CR LF', ['12345678\r\n'], '12345678\r\n'],
    ['the same with its LF in the next chunk', ['12345678\r', '\n'], '12345678\r\n'],
    ['NUL, high bytes, half a UTF-8 character', ['\0\xff\xfe\xc3\n'], '\0\xff\xfe\xc3\n'],
    ['an unfinished line at the end of the stream', ['a\nbc'], 'a\nbc'],
    ['nothing', [], ''],
    ['an empty chunk', ['a', '', 'b\n'], 'ab\n'],
  ])('%s', async (_fact, chunks, through) => {
    expect(await pass(chunks)).toMatchObject({ through, overlong: [], skipped: 0 });
  });
});

describe('a line past the limit is reported once and skipped up to the next LF', () => {
  it.each<[fact: string, chunks: string[], want: Partial<Passed>]>([
    ['one byte too long', ['123456789\n'], { through: '', overlong: ['12345678'], skipped: 10 }],
    ['the same in pieces', ['1234', '56789', '\n'], { overlong: ['12345678'], skipped: 10 }],
    ['one CR too many', ['12345678\r\r\n'], { overlong: ['12345678'], skipped: 11 }],
    [
      'a CR at the limit that ends no line',
      ['12345678\r', 'x\n'],
      { through: '', overlong: ['12345678'], skipped: 11 },
    ],
    [
      'the neighbours before and behind it come through',
      ['a\n', 'x'.repeat(20), 'x\nb\n'],
      { through: 'a\nb\n', overlong: ['xxxxxxxx'], skipped: 22 },
    ],
    [
      'the neighbours in the same chunk come through',
      [`a\n${'x'.repeat(20)}\nb\n`],
      { through: 'a\nb\n', overlong: ['xxxxxxxx'], skipped: 21 },
    ],
    [
      'two in a row are two',
      ['123456789\nabcdefghi\n'],
      { through: '', overlong: ['12345678', 'abcdefgh'], skipped: 20 },
    ],
    [
      'one without end',
      Array.from({ length: 1000 }, () => 'x'.repeat(64)),
      { through: '', overlong: ['xxxxxxxx'], skipped: 64_000 },
    ],
  ])('%s', async (_fact, chunks, want) => {
    expect(await pass(chunks)).toMatchObject(want);
  });

  it('is reported before its end, for it may have none', () => {
    const overlong: Buffer[] = [];
    const lines = createBoundedLines({ maxLine: MAX, onOverlong: (start) => overlong.push(start) });
    lines.stream.resume().write(Buffer.from('123456789'));
    expect(overlong).toHaveLength(1);
  });
});

const BYTES = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('a', 'b', 'c', 'x') },
    fc.constantFrom('\n', '\r', '\r\n', '\0', '\xff'),
  ),
  { maxLength: 120 },
);

describe('whatever the bytes', () => {
  it('how they were chunked changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(BYTES, fc.array(fc.nat(20)), async (pieces, cuts) => {
        const text = pieces.join('');
        const whole = await pass([text]);
        const { mostHeld, ...cut } = await pass(chunked(text, cuts));
        expect([cut.through, cut.overlong, cut.skipped]).toEqual([
          whole.through,
          whole.overlong,
          whole.skipped,
        ]);
        expect(mostHeld).toBeLessThanOrEqual(MAX + 1);
      }),
    );
  });

  it('each byte either passes or is counted as skipped', async () => {
    await fc.assert(
      fc.asyncProperty(BYTES, async (pieces) => {
        const text = pieces.join('');
        const { through, skipped } = await pass([text]);
        expect(through.length + skipped).toBe(text.length);
      }),
    );
  });

  it('the lines that pass are those of the text that are short enough', async () => {
    await fc.assert(
      fc.asyncProperty(BYTES, async (pieces) => {
        const text = pieces.join('');
        const short = text
          .split(/(?<=\n)/)
          .filter((line) => line.replace(/\r?\n$|\r$/, '').length <= MAX);
        expect((await pass([text])).through).toBe(short.join(''));
      }),
    );
  });
});

function chunked(text: string, cuts: readonly number[]): string[] {
  const chunks: string[] = [];
  let at = 0;
  for (const cut of cuts) {
    chunks.push(text.slice(at, at + cut));
    at += cut;
  }
  return [...chunks, text.slice(at)];
}

describe('an endless line costs neither memory nor work', () => {
  it('each byte is searched once, and no more than one line is kept', () => {
    const lines = createBoundedLines({ maxLine: 256, onOverlong: () => {} });
    lines.stream.resume();
    let searched = 0;
    const CHUNKS = 4096;
    for (let n = 0; n < CHUNKS; n++) {
      const chunk = Buffer.alloc(64, 'A');
      const search = chunk.indexOf.bind(chunk);
      chunk.indexOf = (value: string | number | Uint8Array, from?: number | BufferEncoding) => {
        searched += chunk.length - Number(from ?? 0);
        return search(value, from as number);
      };
      lines.stream.write(chunk);
      expect(lines.heldBytes()).toBeLessThanOrEqual(257);
      expect(lines.stream.readableLength).toBe(0);
    }
    expect(searched).toBe(CHUNKS * 64);
  });

  it('60 MB without a line end are reported once, counted, and the next line comes whole', () => {
    const overlong: Buffer[] = [];
    const lines = createBoundedLines({ maxLine: 256, onOverlong: (start) => overlong.push(start) });
    const heard: Buffer[] = [];
    lines.stream.on('data', (line: Buffer) => heard.push(line));
    const chunk = Buffer.alloc(65_536, 'A');
    for (let n = 0; n < 960; n++) {
      lines.stream.write(chunk);
      expect(lines.heldBytes()).toBeLessThanOrEqual(257);
    }
    expect(heard).toEqual([]);
    lines.stream.write(Buffer.from('\r\n$k1,1\r\n'));
    expect(overlong).toEqual([Buffer.alloc(256, 'A')]);
    expect(lines.skippedBytes()).toBe(960 * 65_536 + 2);
    expect(Buffer.concat(heard).toString()).toBe('$k1,1\r\n');
  });
});
