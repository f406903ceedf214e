// A photo made anew from what somebody sent: its pixels and nothing else. Whatever else was in the
// file (where it was taken, a script behind its end) is left behind, because no byte of it is copied.
// Only the first bytes say what it is; its name and its media type are the sender's and say nothing.
// Promise: what comes out is a JPEG of ours; one photo is in work at a time, so memory has a bound.
import type { PhotoRefusal } from '../domain/photo.ts';

export type MadePhoto =
  | {
      readonly ok: true;
      readonly jpeg: Uint8Array;
      readonly width: number;
      readonly height: number;
    }
  | { readonly ok: false; readonly reason: PhotoRefusal };

/** A phone's largest; decoded, three bytes each. */
const MOST_PIXELS = 40_000_000;
const LONGEST_SIDE = 1600;
const QUALITY = 80;

const refused = (reason: PhotoRefusal): MadePhoto => ({ ok: false, reason });

export type MakePhoto = (sent: Uint8Array) => Promise<MadePhoto>;

export function createPhotoMaking(): MakePhoto {
  let last: Promise<unknown> = Promise.resolve();
  return (sent) => {
    const mine = last.then(() => make(sent));
    last = mine.catch(() => undefined);
    return mine;
  };
}

async function make(sent: Uint8Array): Promise<MadePhoto> {
  const form = formOf(sent);
  if (form === 'heic') return refused('heic');
  if (form === undefined) return refused('not-a-photo');
  const sharp = await decoder();
  const limits = { limitInputPixels: MOST_PIXELS, failOn: 'error' } as const;
  try {
    const { width, height } = await sharp(sent, limits).metadata();
    if (width * height > MOST_PIXELS) return refused('too-many-pixels');
    const { data, info } = await sharp(sent, limits)
      .rotate() // as the camera was held: that note is lost with all others
      .resize({
        width: LONGEST_SIDE,
        height: LONGEST_SIDE,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true });
    return { ok: true, jpeg: data, width: info.width, height: info.height };
  } catch (error) {
    const isTooLarge = error instanceof Error && /pixel limit/i.test(error.message);
    return refused(isTooLarge ? 'too-many-pixels' : 'broken');
  }
}

/** Loaded with the first photo: most gateways in cupboards never see one. */
async function decoder() {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpegBuffer',
      'VipsForeignLoadPngBuffer',
      'VipsForeignLoadWebpBuffer',
    ],
  });
  return sharp;
}

const starts = (bytes: Uint8Array, at: number, text: string): boolean =>
  bytes.length >= at + text.length &&
  Buffer.from(text, 'latin1').every((byte, index) => bytes[at + index] === byte);

/** HEIC's and AVIF's boxes (ISO 14496-12) name their brand behind `ftyp`. */
const HEIC_BRANDS = ['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1', 'avif'];

function formOf(bytes: Uint8Array): 'jpeg' | 'png' | 'webp' | 'heic' | undefined {
  if (starts(bytes, 0, '\xff\xd8\xff')) return 'jpeg';
  if (starts(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (starts(bytes, 0, 'RIFF') && starts(bytes, 8, 'WEBP')) return 'webp';
  const isBoxed = starts(bytes, 4, 'ftyp');
  return isBoxed && HEIC_BRANDS.some((brand) => starts(bytes, 8, brand)) ? 'heic' : undefined;
}
