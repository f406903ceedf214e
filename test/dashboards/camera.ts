// What a telephone's camera would read on a screen.
import { decodeQR } from 'qr/decode.js';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';

/** The link in the code that is seen there. */
export async function scanned(seen: Page | Locator): Promise<string> {
  const { data, info } = await sharp(await seen.screenshot())
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return decodeQR({ width, height, data }, { effort: 8, timeLimit: 10_000, format: 'RGBA' });
}
