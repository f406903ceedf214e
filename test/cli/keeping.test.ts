// backup, restore and doctor as they are typed.
import { readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { reading, settingsFor } from '../store/entries.ts';
import { freePort, temporaryFolder } from '../tools.ts';
import { speak } from './spoken.ts';

async function siteFolder(more = ''): Promise<string> {
  const dir = temporaryFolder();
  writeFileSync(
    `${dir}/site.yaml`,
    `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: ${await freePort()} }
store: { dir: ./data }
${more}`,
  );
  const store = await openStore(settingsFor(`${dir}/data`));
  await store.log.append([reading()]);
  await store.close();
  return dir;
}

const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe('courtyard backup', () => {
  it('names its file in a folder, and tells a script where', async () => {
    const dir = await siteFolder();
    const { said } = await speak(
      ['backup', '-c', `${dir}/site.yaml`, '--to', 'out/', '--json'],
      dir,
    );
    const { file, head, sha256 } = json(said);
    expect(file).toMatch(/\/out\/courtyard-yard-\d{8}T\d{6}Z\.db$/);
    expect(head).toBe(1);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(json((await speak(['backup', 'verify', String(file), '--json'])).said)).toMatchObject({
      ok: true,
      sha256,
    });
  });

  it('without a place writes into the folder where it is typed', async () => {
    const dir = await siteFolder();
    const { said } = await speak(['backup', '-c', `${dir}/site.yaml`], dir);
    expect(said).toMatch(/is written and was read back/);
    expect(readdirSync(dir).filter((file) => file.startsWith('courtyard-yard-'))).toHaveLength(2);
  });

  it('comes back by restore, which says where the old store went', async () => {
    const dir = await siteFolder();
    await speak(['backup', '-c', `${dir}/site.yaml`, '--to', 'b.db'], dir);
    const { said } = await speak(['restore', 'b.db', '-c', `${dir}/site.yaml`, '--json'], dir);
    expect(json(said)).toMatchObject({
      head: 1,
      before: expect.stringMatching(/courtyard\.db\.before-restore-/),
    });
  });

  it('of a site file with mistakes is wrong usage', async () => {
    const dir = temporaryFolder();
    writeFileSync(`${dir}/site.yaml`, 'version: 2\n');
    for (const words of [['backup'], ['restore', 'x'], ['doctor']])
      expect((await speak([...words, '-c', `${dir}/site.yaml`], dir)).code).toBe(2);
  });
});

describe('courtyard doctor', () => {
  it('finds a site in order, or warns', async () => {
    const dir = await siteFolder();
    const { said, code } = await speak(['doctor', '-c', `${dir}/site.yaml`], dir);
    expect(code).toBe(0);
    expect(said).toMatch(/^ok +store: 1 records, sound/m);
    expect(said).toMatch(/^ok +HTTP: 127\.0\.0\.1:\d+ is free/m);
  });

  it('leaves with 3 where something does not answer, and says the cure', async () => {
    const influx = `influx: { url: "http://127.0.0.1:${await freePort()}", database: courtyard, timeout: 1s }\n`;
    const dir = await siteFolder(influx);
    const { said, code } = await speak(['doctor', '-c', `${dir}/site.yaml`, '--json'], dir);
    expect(code).toBe(3);
    const { ok, findings } = json(said) as { ok: boolean; findings: unknown[] };
    expect(ok).toBe(false);
    expect(findings).toContainEqual(
      expect.objectContaining({ about: 'InfluxDB', verdict: 'unreachable' }),
    );
  });

  it('leaves with 1 where the store is damaged', async () => {
    const dir = await siteFolder();
    writeFileSync(`${dir}/data/courtyard.db`, 'no database');
    const { said, code } = await speak(['doctor', '-c', `${dir}/site.yaml`], dir);
    expect(said).toMatch(/^FAULT +store: file is not a database/m);
    expect(code).toBe(1);
  });

  it('sees that the gateway runs, and does not disturb it', async () => {
    const dir = await siteFolder();
    const store = await openStore(settingsFor(`${dir}/data`));
    const { said } = await speak(['doctor', '-c', `${dir}/site.yaml`], dir);
    expect(said).toMatch(/gateway running/);
    await store.log.append([reading()]);
    await store.close();
  });
});
