import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineFraming, type LineRules } from '../../gateway/sources/line-framing.ts';

async function linesOf(
  chunks: readonly Buffer[],
  rules: Partial<LineRules> = {},
): Promise<string[]> {
  const heard: string[] = [];
  const framing = createLineFraming({ maxLine: 16, ...rules }, (bytes, damage) => {
    heard.push(`${damage ?? 'line'} ${Buffer.from(bytes).toString('latin1')}`);
  });
  for (const chunk of chunks) framing.write(chunk);
  await framing.renew();
  return heard;
}

const latin1 = (...texts: string[]): Buffer[] => texts.map((text) => Buffer.from(text, 'latin1'));

describe('lines out of bytes', () => {
  it.each<[fact: string, chunks: string[], lines: string[]]>([
    ['CR LF is taken off', ['a\r\n'], ['line a']],
    ['so is LF', ['a\n'], ['line a']],
    ['only one CR is', ['a\r\r\n'], ['line a\r']],
    ['a CR within a line stays', ['a\rb\n'], ['line a\rb']],
    ['empty lines are none', ['\r\n\n\r\na\n'], ['line a']],
    ['several in a chunk', ['a\nb\nc\n'], ['line a', 'line b', 'line c']],
    ['one in several chunks', ['a', 'b', '\r', '\n'], ['line ab']],
    ['no byte is changed', ['\0\xff\xfe\xc3\x28\n'], ['line \0\xff\xfe\xc3\x28']],
    ['the unfinished one comes out at the end', ['a\nbc'], ['line a', 'line bc']],
    [
      'the overlong one says so',
      [`${'x'.repeat(99)}\na\n`],
      ['too-long xxxxxxxxxxxxxxxx', 'line a'],
    ],
  ])('%s', async (_fact, chunks, lines) => {
    expect((await linesOf(latin1(...chunks))).toSorted()).toEqual(lines.toSorted());
  });

  it('every byte there is comes through as itself', async () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte).filter((b) => b !== 10));
    const [line] = await linesOf([all, Buffer.from('\n')], { maxLine: 300 });
    expect(line).toBe(`line ${all.toString('latin1')}`);
  });

  it('any chunking of the same bytes gives the same lines', async () => {
    const bytes = fc
      .uint8Array({ maxLength: 200 })
      .map((array) => Buffer.from(array.map((byte) => [10, 13, 0, 255, 65, 66][byte % 6] ?? 0)));
    await fc.assert(
      fc.asyncProperty(bytes, fc.array(fc.integer({ min: 1, max: 30 })), async (all, sizes) => {
        const chunks: Buffer[] = [];
        let at = 0;
        for (const size of sizes) {
          chunks.push(all.subarray(at, at + size));
          at += size;
        }
        expect(await linesOf([...chunks, all.subarray(at)])).toEqual(await linesOf([all]));
      }),
    );
  });
});

describe('lines that end in CR', () => {
  const unproven = { kind: 'line', end: 'cr' } as const;

  it.each<[fact: string, chunks: string[], lines: string[]]>([
    ['CR alone ends one', ['R1234\rR1235\r'], ['line R1234', 'line R1235']],
    ['in pieces', ['R12', '34', '\r', 'R1'], ['line R1234', 'malformed R1']],
    ['CR LF ends one, not two', ['a\r\nb\r\n'], ['line a', 'line b']],
    ['its LF may come late', ['a\r', '\nb\r'], ['line a', 'line b']],
    ['LF alone ends one too', ['a\nb\n'], ['line a', 'line b']],
    ['empty ones are none', ['\r\r\n\na\r'], ['line a']],
    [
      'the overlong one is told once',
      [`${'x'.repeat(99)}\ra\r`],
      ['too-long xxxxxxxxxxxxxxxx', 'line a'],
    ],
  ])('%s', async (_fact, chunks, lines) => {
    expect((await linesOf(latin1(...chunks), { unproven })).toSorted()).toEqual(lines.toSorted());
  });

  it('the chunk that was handed in stays as it is', () => {
    const framing = createLineFraming({ maxLine: 16, unproven }, () => {});
    const chunk = Buffer.from('R1234\r');
    framing.write(chunk);
    expect(chunk.toString()).toBe('R1234\r');
  });
});

describe('a line without a checksum', () => {
  const unproven = { kind: 'line', end: 'lf' } as const;

  it('that broke off is refused, for it may look like another number', async () => {
    expect(await linesOf(latin1('Reading: 12.34\r\nReading: 12.'), { unproven })).toEqual([
      'line Reading: 12.34',
      'malformed Reading: 12.',
    ]);
  });

  it('does not end in CR alone unless its card says so', async () => {
    expect(await linesOf(latin1('a\rb\n'), { unproven })).toEqual(['line a\rb']);
  });

  it('that is whole leaves nothing to refuse', async () => {
    expect(await linesOf(latin1('a\r\n'), { unproven })).toEqual(['line a']);
  });
});

describe('a stream that broke off', () => {
  it('is never glued to what comes after it', async () => {
    const heard: string[] = [];
    const framing = createLineFraming({ maxLine: 16 }, (bytes) =>
      heard.push(Buffer.from(bytes).toString()),
    );
    framing.write(Buffer.from('$k1,1,lid'));
    await framing.renew();
    framing.write(Buffer.from('=1\r\n$k1,2\r\n'));
    expect(heard).toEqual(['$k1,1,lid', '=1', '$k1,2']);
  });

  it('keeps the count of what was skipped', async () => {
    const framing = createLineFraming({ maxLine: 4 }, () => {});
    framing.write(Buffer.from('123456789'));
    await framing.renew();
    framing.write(Buffer.from('12345\n'));
    expect(framing.skippedBytes()).toBe(15);
  });
});
