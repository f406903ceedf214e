import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSiteFile } from '../../gateway/site/load.ts';
import { createDeviceTokens } from '../../gateway/sources/device-tokens.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { settingsFor } from '../store/entries.ts';
import { freePort, temporaryFolder } from '../tools.ts';
import { speak } from './spoken.ts';

/** One device whose file is named and missing, one whose secret is the store's. */
function siteFolder(http = 1): { dir: string; site: string } {
  const dir = temporaryFolder();
  const site = `${dir}/site.yaml`;
  writeFileSync(
    site,
    `version: 1
http: { port: ${http} }
store: { dir: ${dir}/store }
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
stations: [{ id: k1, name: K1, scales: [{ id: s-a }, { id: s-b }] }]
sources: [{ id: web, kind: http }]
devices:
  - { id: a, source: web, decoder: courtyard-json, asset: s-a, secretFile: ./keys/a }
  - { id: b, source: web, decoder: courtyard-json, asset: s-b }
`,
  );
  return { dir, site };
}

const secretIn = (site: string, device: string): string | undefined =>
  readSiteFile(site, { decoders: ['courtyard-json'] }).site?.compound.devices.get(device)?.secret;

/** Whether a gateway on this store would let the device in with it. */
async function openedWith(dir: string, device: string, secret: string): Promise<boolean> {
  const store = await openStore(settingsFor(`${dir}/store`));
  const tokens = createDeviceTokens(new Map(), await store.secrets.all());
  await store.close();
  expect(tokens.isOpen(device)).toBe(false);
  return tokens.fits(device, Buffer.from(secret));
}

describe('courtyard token', () => {
  it('create writes the named file for its user alone and shows the token once', async () => {
    const { dir, site } = siteFolder();
    const { said, complained, code } = await speak(['token', 'create', 'a', '-c', site]);
    expect(code).toBe(0);
    expect(said).toMatch(/^[\w-]{22}$/);
    expect(readFileSync(`${dir}/keys/a`, 'utf8')).toBe(`${said}\n`);
    expect(statSync(`${dir}/keys/a`).mode & 0o777).toBe(0o600);
    expect(secretIn(site, 'a')).toBe(said);
    expect(complained).not.toContain(said);
    expect((await speak(['token', 'list', '-c', site])).said).not.toContain(said);
  });

  it('create puts the digest of another into the store, and shows the token once', async () => {
    const { dir, site } = siteFolder();
    const { said, complained, code } = await speak(['token', 'create', 'b', '-c', site]);
    expect(code).toBe(0);
    expect(said).toMatch(/^[\w-]{22}$/);
    expect(complained).not.toContain(said);
    expect(existsSync(`${dir}/secrets`)).toBe(false);
    expect(await openedWith(dir, 'b', said)).toBe(true);
    expect(await openedWith(dir, 'b', 'guess')).toBe(false);
    const bytes = readFileSync(`${dir}/store/courtyard.db`);
    expect(bytes.includes(Buffer.from(said))).toBe(false);
  });

  it('revoke leaves such a device with a secret that nobody has, until it is given one', async () => {
    const { dir, site } = siteFolder();
    expect((await speak(['token', 'revoke', 'b', '-c', site])).code).toBe(2);
    const { said } = await speak(['token', 'create', 'b', '-c', site]);
    const again = await speak(['token', 'create', 'b', '-c', site]);
    expect([again.said, again.code]).toEqual(['', 2]);
    expect((await speak(['token', 'revoke', 'b', '-c', site])).said).toContain('void');
    expect(await openedWith(dir, 'b', said)).toBe(false);
    expect((await speak(['token', 'list', '-c', site])).said).toContain('b  web  revoked');
    expect((await speak(['token', 'create', 'b', '-c', site])).code).toBe(0);
  });

  it('is not reachable where a gateway holds the store and does not answer', async () => {
    const { dir, site } = siteFolder(await freePort());
    const store = await openStore(settingsFor(`${dir}/store`));
    await expect(speak(['token', 'create', 'b', '-c', site])).rejects.toMatchObject({
      code: 'gateway-unreachable',
    });
    await store.close();
  });

  it('create ends no token by mistake', async () => {
    const { site } = siteFolder();
    const first = (await speak(['token', 'create', 'a', '-c', site])).said;
    const again = await speak(['token', 'create', 'a', '-c', site]);
    expect([again.said, again.code]).toEqual(['', 2]);
    expect(secretIn(site, 'a')).toBe(first);
    const forced = await speak(['token', 'create', 'a', '-c', site, '--force']);
    expect(forced.said).not.toBe(first);
    expect(secretIn(site, 'a')).toBe(forced.said);
  });

  it('revoke leaves a file that the site can be started with and a token that nobody knows', async () => {
    const { site } = siteFolder();
    const { said } = await speak(['token', 'create', 'a', '-c', site]);
    const { said: words } = await speak(['token', 'revoke', 'a', '-c', site]);
    expect(secretIn(site, 'a')).toMatch(/^[\w-]{22}$/);
    expect(secretIn(site, 'a')).not.toBe(said);
    expect(words).not.toContain(secretIn(site, 'a'));
  });

  it('list says of each device whether it has one', async () => {
    const { site } = siteFolder();
    const list = async (): Promise<unknown> =>
      JSON.parse((await speak(['token', 'list', '-c', site, '--json'])).said);
    expect(await list()).toMatchObject([
      { device: 'a', secretFile: './keys/a', token: 'missing' },
      { device: 'b', token: 'none' },
    ]);
    await speak(['token', 'create', 'a', '-c', site]);
    await speak(['token', 'create', 'b', '-c', site]);
    expect(await list()).toMatchObject([{ token: 'file' }, { token: 'stored' }]);
  });

  it.each([
    ['create', 'nobody'],
    ['revoke', 'nobody'],
  ])('%s of a device that is not there is wrong usage', async (verb, name) => {
    const { site } = siteFolder();
    const { code, complained } = await speak(['token', verb, name, '-c', site]);
    expect([code, complained]).toEqual([2, expect.stringContaining('no device nobody')]);
  });
});
