// How much a phone has to load: under 30 KB, packed, with everything that the page calls for.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../tools.ts';
import { phone } from './sent.ts';

const SCREENS = path.join(ROOT, 'dist/dashboards');
const BUDGET = 30 * 1024;
const PACKED = { 'accept-encoding': 'gzip, deflate, br' };
const isBuilt = existsSync(path.join(SCREENS, 'screens.json'));

describe('the page behind a printed code', () => {
  it('comes packed where that is understood, and plain where not', async () => {
    const { app, get } = await phone();
    const plain = await get('/r/lamp-07?lang=en');
    const packed = await app.inject({ url: '/r/lamp-07?lang=en', headers: PACKED });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    const opened = gunzipSync(packed.rawPayload).toString();
    const withoutToken = (page: string): string => page.replace(/name="token" value="[^"]*"/, '');
    expect(withoutToken(opened)).toBe(withoutToken(plain.body));
  });

  it.skipIf(!isBuilt)(
    'weighs less than 30 KB with its style, its script and its icon',
    async () => {
      const { app } = await phone(SCREENS);
      for (const code of ['k1', 'b3']) {
        const page = await app.inject({ url: `/r/${code}`, headers: PACKED });
        const body = gunzipSync(page.rawPayload).toString();
        const assets = [...body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(
          ([, name]) => name,
        );
        expect(assets).toHaveLength(3);
        let all = page.rawPayload.length;
        for (const url of assets) {
          const asset = await app.inject({ url: url ?? '', headers: PACKED });
          expect(asset.headers).toMatchObject({
            'content-encoding': 'gzip',
            vary: 'accept-encoding',
          });
          const plain = await app.inject({ url: url ?? '' });
          expect(gunzipSync(asset.rawPayload).equals(plain.rawPayload)).toBe(true);
          expect(asset.headers['content-type']).toBe(plain.headers['content-type']);
          all += asset.rawPayload.length;
        }
        expect(all).toBeLessThan(BUDGET);
      }
    },
  );
});
