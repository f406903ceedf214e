import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { a02yyuw } from '../../gateway/decode/a02yyuw.ts';
import { type ByteFraming, nextFrame } from '../../gateway/decode/byte-frames.ts';
import { createByteFraming, MOST_SHOWN, TOLD_AFTER } from '../../gateway/sources/byte-framing.ts';

const FRAMING: ByteFraming = a02yyuw.framing;

const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');
const framed = (high: number, low: number): Buffer =>
  Buffer.from([0xff, high, low, (0xff + high + low) & 0xff]);

interface Heard {
  readonly heard: readonly string[];
  readonly skipped: number;
}

async function hear(chunks: readonly Buffer[]): Promise<Heard> {
  const heard: string[] = [];
  const framer = createByteFraming(FRAMING, (bytes, damage) => {
    heard.push(`${damage ?? 'frame'} ${bytes.toString('hex')}`);
  });
  for (const chunk of chunks) framer.write(chunk);
  await framer.renew();
  return { heard, skipped: framer.skippedBytes() };
}

describe('frames out of bytes', () => {
  it.each<[fact: string, chunks: string[], heard: string[]]>([
    ['one', ['ff07a1a7'], ['frame ff07a1a7']],
    ['one in pieces', ['ff', '07', 'a1', 'a7'], ['frame ff07a1a7']],
    ['two in a chunk', ['ff07a1a7ff001e1d'], ['frame ff07a1a7', 'frame ff001e1d']],
    ['FF as data', ['ff00fffeff07a1a7'], ['frame ff00fffe', 'frame ff07a1a7']],
    ['FF as data and checksum', ['ff01ffffff07a1a7'], ['frame ff01ffff', 'frame ff07a1a7']],
    ['the middle of one first', ['07a1a7ff07a1a7'], ['malformed 07a1a7', 'frame ff07a1a7']],
    [
      'the end of one that ends in FF first',
      ['ffff0000ffff0000ff'],
      ['checksum ff', 'frame ff0000ff', 'frame ff0000ff'],
    ],
    [
      'a damaged one takes no neighbour with it',
      ['ff001e1dff07a1a8ff07a1a7'],
      ['frame ff001e1d', 'checksum ff07a1a8', 'frame ff07a1a7'],
    ],
    [
      'a lost byte costs its frame alone',
      ['ff07a1a7ff07a7ff07a1a7'],
      ['frame ff07a1a7', 'checksum ff07a7', 'frame ff07a1a7'],
    ],
    ['an unfinished one at the end', ['ff07a1a7ff07'], ['frame ff07a1a7', 'malformed ff07']],
    ['nothing', [''], []],
  ])('%s', async (_fact, chunks, heard) => {
    expect((await hear(chunks.map(bytesOf))).heard).toEqual(heard);
  });

  it('what broke off is never glued to what comes after it', async () => {
    const heard: string[] = [];
    const framer = createByteFraming(FRAMING, (bytes, damage) => {
      heard.push(`${damage ?? 'frame'} ${bytes.toString('hex')}`);
    });
    framer.write(bytesOf('ff07'));
    await framer.renew();
    framer.write(bytesOf('a1a7ff07a1a7'));
    expect(heard).toEqual(['malformed ff07', 'malformed a1a7', 'frame ff07a1a7']);
  });
});

describe('noise', () => {
  it('without end is told once, by its beginning, and counted to the last byte', async () => {
    const noise = Buffer.alloc(10_000, 0x55);
    const { heard, skipped } = await hear([noise]);
    expect(heard).toEqual([`malformed ${'55'.repeat(MOST_SHOWN)}`]);
    expect(skipped).toBe(10_000);
  });

  it('is told before its end, for it may have none', () => {
    let told = 0;
    const framer = createByteFraming(FRAMING, () => (told += 1));
    framer.write(Buffer.alloc(TOLD_AFTER - 1, 0x55));
    expect(told).toBe(0);
    framer.write(Buffer.alloc(1, 0x55));
    expect(told).toBe(1);
  });

  it('is told again after a frame has come in between', async () => {
    const noise = Buffer.alloc(1000, 0x55);
    const { heard } = await hear([noise, framed(7, 0xa1), noise]);
    expect(heard.map((each) => each.split(' ')[0])).toEqual(['malformed', 'frame', 'malformed']);
  });

  it('of nothing but start bytes is no frame and no loop', async () => {
    const { heard, skipped } = await hear([Buffer.alloc(1000, 0xff)]);
    expect(heard).toHaveLength(1);
    expect(skipped).toBe(1000);
  });
});

const stream = fc
  .array(
    fc.oneof(
      fc.tuple(fc.nat(255), fc.nat(255)).map(([high, low]) => framed(high, low)),
      fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
      fc.array(fc.constantFrom(0xff, 0, 1), { maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
    ),
    { maxLength: 60 },
  )
  .map((pieces) => Buffer.concat(pieces));

describe('whatever the bytes', () => {
  it('how they were chunked changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(stream, fc.array(fc.nat(9)), async (bytes, sizes) => {
        const chunks: Buffer[] = [];
        let at = 0;
        for (const size of sizes) {
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(await hear([...chunks, bytes.subarray(at)])).toEqual(await hear([bytes]));
      }),
    );
  });

  it('each byte is in a frame or counted as skipped', async () => {
    await fc.assert(
      fc.asyncProperty(stream, async (bytes) => {
        const { heard, skipped } = await hear([bytes]);
        const frames = heard.filter((each) => each.startsWith('frame'));
        expect(frames.length * FRAMING.length + skipped).toBe(bytes.length);
      }),
    );
  });

  it('whole frames behind each other all come out, in order', async () => {
    const measured = fc.array(fc.tuple(fc.nat(255), fc.nat(255)));
    await fc.assert(
      fc.asyncProperty(measured, async (said) => {
        const frames = said.map(([high, low]) => framed(high, low));
        const { heard } = await hear([Buffer.concat(frames)]);
        expect(heard).toEqual(frames.map((frame) => `frame ${frame.toString('hex')}`));
      }),
    );
  });
});

describe('what stands at the front', () => {
  it.each<[hex: string, front: string]>([
    ['', 'undecided'],
    ['ff', 'undecided'],
    ['ff07a1', 'undecided'],
    ['07', 'stray'],
    ['ff07a1a8', 'stray'],
    ['ff07a1a700', 'ff07a1a7'],
  ])('%j is %s', (hex, front) => {
    const found = nextFrame(bytesOf(hex), FRAMING);
    expect(typeof found === 'string' ? found : Buffer.from(found).toString('hex')).toBe(front);
  });
});
