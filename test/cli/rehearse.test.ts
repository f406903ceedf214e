// Rehearsing at the command line, over a store as a gateway leaves it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RehearsalView } from '../../gateway/api/schemas.ts';
import type { Entry } from '../../gateway/domain/record.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { alarm, reading, settingsFor } from '../store/entries.ts';
import { temporaryFolder } from '../tools.ts';
import { speak } from './spoken.ts';

const BIN_FULL =
  'on: bin, quantity: fill, clearBelow: 0.7, severity: medium, ticket: { category: bin-full, team: cleaners }';
const NOW = [`{ id: bin-full, above: 0.9, holdFor: 10m, ${BIN_FULL} }`];
const moment = (time: string) => Date.parse(`2026-11-02T${time}:00+08:00`) as Entry['receivedAt'];

function siteFile(dir: string, name: string, rules: readonly string[]): string {
  const file = path.join(dir, name);
  writeFileSync(
    file,
    `version: 1
store: { dir: ${dir}/store }
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
sources: [{ id: web, kind: http }]
stations: [{ id: k, name: K, bins: [{ id: k1-wet, name: 湿垃圾桶, stream: wet, position: 1, volumeL: 240, emptyMm: 1000, fullMm: 200 }] }]
devices: [{ id: k1, source: web, decoder: courtyard-json, asset: k1-wet, secretFile: ./keys/missing }]
rules: [${rules.join(', ')}]
`,
  );
  return file;
}

const fill = (time: string, value: number): Entry =>
  reading({ quantity: 'fill', value, observedAt: moment(time), receivedAt: moment(time) });

/** A bin that wobbles over its limit for 15 minutes, and then stays for 40. */
async function wobbled(dir: string): Promise<void> {
  const store = await openStore(settingsFor(`${dir}/store`));
  await store.log.append([
    { kind: 'gateway', event: 'started', receivedAt: moment('09:00') },
    fill('10:00', 0.95),
    fill('10:15', 0.5),
    fill('11:00', 0.95),
    fill('11:40', 0.5),
    { kind: 'gateway', event: 'stopped', receivedAt: moment('11:45') },
  ]);
  const raisedAt = moment('10:10');
  const real = alarm({ id: 'A1', state: 'normal', raisedAt, clearedAt: moment('10:15') });
  await store.step.save({ cursor: 6, puts: [], alarms: [real], tickets: [], derived: [] });
  await store.close();
}

async function folder() {
  const dir = temporaryFolder();
  await wobbled(dir);
  const site = siteFile(dir, 'site.yaml', NOW);
  const rehearse = (rules: readonly string[], ...words: string[]) =>
    speak(['rehearse', '-c', site, '--with', siteFile(dir, 'tried.yaml', rules), ...words]);
  return { dir, rehearse };
}

const LONGER = [`{ id: bin-full, above: 0.9, holdFor: 30m, ${BIN_FULL} }`];

describe('courtyard rehearse', () => {
  it('says by rule what would be, and each alarm that would be another', async () => {
    const { rehearse } = await folder();
    const { said, complained, code } = await rehearse(LONGER);
    expect([complained, code]).toEqual(['', 0]);
    expect(said.split('\n').slice(0, 9)).toEqual([
      'From 2026-11-02 09:00 to 2026-11-02 11:45: 4 readings on 1 day.',
      'Only in part: 2026-11-02.',
      '',
      'rule               alarms now  changed  tickets now  changed  alarms that were',
      'bin-full  changed           2        1            2        1                 1',
      '',
      'Alarms: 1 later, 1 no longer raised.',
      '  2026-11-02 10:10  no longer raised  bin-full  k1-wet 湿垃圾桶, until 2026-11-02 10:15',
      '  2026-11-02 11:30  later by 20m      bin-full  k1-wet 湿垃圾桶, until 2026-11-02 11:40',
    ]);
    expect(said).toContain('is not repeated');
  });

  it('says the same to scripts as one JSON object', async () => {
    const { rehearse } = await folder();
    const { said } = await rehearse(LONGER, '--json', '--from', '2026-11-02');
    const view = JSON.parse(said) as RehearsalView;
    expect(view.rules).toMatchObject([{ rule: 'bin-full', change: 'changed', real: 1 }]);
    expect(view.compared).toHaveLength(2);
    expect(view.after.tickets).toMatchObject([{ category: 'bin-full', asset: 'k1-wet' }]);
  });

  it('rules that are the same, new or gone are told as such', async () => {
    const { rehearse } = await folder();
    expect((await rehearse(NOW)).said).toContain('Alarms: 2 the same.');
    const { said } = await rehearse([`{ id: nearly-full, above: 0.8, ${BIN_FULL} }`]);
    expect(said).toMatch(/^bin-full +gone +2 +0 /m);
    expect(said).toMatch(/^nearly-full +new +0 +2 /m);
  });

  it('days that nothing is kept of are not rehearsed', async () => {
    const { rehearse } = await folder();
    const { said, code } = await rehearse(LONGER, '--from', '2026-11-09', '--to', '2026-11-10');
    expect(code).toBe(0);
    expect(said).toContain('No day can be rehearsed.');
  });

  it('changes no byte of the store', async () => {
    const { dir, rehearse } = await folder();
    const digests = (): string[] =>
      readdirSync(`${dir}/store`)
        .filter((name) => !/-(?:wal|shm)$/.test(name))
        .map((name) => {
          const bytes = readFileSync(`${dir}/store/${name}`);
          return `${name} ${createHash('sha256').update(bytes).digest('hex')}`;
        });
    const before = digests();
    await rehearse(LONGER);
    expect(digests()).toEqual(before);
  });

  it('runs beside a gateway that holds the store', async () => {
    const { dir, rehearse } = await folder();
    const store = await openStore(settingsFor(`${dir}/store`));
    await store.log.append([fill('12:00', 0.95), fill('12:31', 0.95)]);
    const { said, code } = await rehearse(LONGER);
    await store.close();
    expect(code).toBe(0);
    expect(said).toContain('later by 20m      bin-full  k1-wet 湿垃圾桶, still standing');
  });

  it('wrong words and wrong rules are wrong usage, all of them at once', async () => {
    const { rehearse } = await folder();
    const day = await rehearse(LONGER, '--from', 'monday');
    expect([day.code, day.said]).toEqual([2, '']);
    expect(day.complained).toContain('"monday" is no date');
    const rules = await rehearse([`{ id: bin-full, above: 90, holdFor: 10, ${BIN_FULL} }`]);
    expect([rules.code, rules.said]).toEqual([2, '']);
    expect(rules.complained).toMatch(/tried\.yaml:7:\d+ rules\.bin-full\.above: 90 is not a ratio/);
    expect(rules.complained).toMatch(/tried\.yaml:7:\d+ rules\.bin-full\.holdFor: 10 has no unit/);
  });

  it('without a store says that there is none yet', async () => {
    const dir = temporaryFolder();
    const site = siteFile(dir, 'site.yaml', NOW);
    await expect(speak(['rehearse', '-c', site, '--with', site])).rejects.toMatchObject({
      code: 'store-unavailable',
    });
    expect(readdirSync(dir)).toEqual(['site.yaml']);
  });

  it('explains itself', async () => {
    const { said } = await speak(['rehearse', '--help']);
    for (const word of ['--with', '--from', '--json', 'Example:', 'changes nothing'])
      expect(said).toContain(word);
  });
});
