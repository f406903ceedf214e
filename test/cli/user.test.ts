import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PersonView } from '../../gateway/api/schemas.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { settingsFor } from '../store/entries.ts';
import { temporaryFolder } from '../tools.ts';
import { speak } from './spoken.ts';

function siteFolder() {
  const dir = temporaryFolder();
  const site = `${dir}/site.yaml`;
  writeFileSync(
    site,
    `version: 1
http: { host: 0.0.0.0, port: 1 }
store: { dir: ${dir}/store }
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
stations: [{ id: k1, name: K1, scales: [{ id: s-a }] }]
sources: [{ id: web, kind: http }]
devices: [{ id: a, source: web, decoder: courtyard-json, asset: s-a }]
`,
  );
  const password = `${dir}/password`;
  writeFileSync(password, 'a lamp by the gate\n');
  const user = (...words: string[]) => speak(['user', ...words, '-c', site]);
  const add = (...words: string[]) => user('add', ...words, '--password-file', password);
  return { dir, user, add };
}

describe('courtyard user', () => {
  it('makes the first one the admin, and says what changes by it', async () => {
    const { user, add } = siteFolder();
    expect((await user('list')).said).toContain('Nobody yet');
    const { said, code } = await add('chen', '--name', '陈');
    expect([code, said]).toEqual([0, expect.stringContaining('chen is here, as admin.')]);
    expect(said).toContain('0.0.0.0:1');
    const list = JSON.parse((await user('list', '--json')).said) as PersonView[];
    expect(list).toMatchObject([
      { id: 'chen', name: '陈', role: 'admin', state: 'active', hasPassword: true },
    ]);
  });

  it('leaves a record in the log, and of the password a digest elsewhere', async () => {
    const { dir, add } = siteFolder();
    await add('chen');
    await add('li', '--role', 'cleaner', '--team', 'cleaners', '--building', 'b3');
    const store = await openStore(settingsFor(`${dir}/store`));
    const records = await store.log.readAfter(0, 10);
    const { slices } = await store.step.load();
    const { credentials } = await store.accounts.load();
    await store.close();
    expect(records).toMatchObject([
      { kind: 'command', on: 'person', action: 'put', by: 'command', id: 'chen' },
      { id: 'li', body: { role: 'cleaner', teams: ['cleaners'], buildings: ['b3'] } },
    ]);
    expect(slices.map(([key]) => key)).toEqual(['person:chen', 'person:li']);
    expect(credentials.map(({ person }) => person)).toEqual(['chen', 'li']);
    expect(JSON.stringify([records, slices])).not.toContain('argon2');
    expect(credentials[0]?.digest).toMatch(/^\$argon2id\$/);
  });

  it('shuts people out and lets them in again, but for the last admin', async () => {
    const { user, add } = siteFolder();
    await add('chen');
    await add('li', '--role', 'engineer');
    expect((await user('disable', 'li')).code).toBe(0);
    expect((await user('list')).said).toContain('li  li  engineer  disabled');
    expect((await user('enable', 'li')).code).toBe(0);
    const refused = await user('disable', 'chen');
    expect([refused.code, refused.complained]).toEqual([2, expect.stringContaining('only admin')]);
    expect((await user('disable', 'nobody-there')).code).toBe(2);
  });

  it('sets another password, and refuses an easy one', async () => {
    const { dir, user, add } = siteFolder();
    await add('chen');
    writeFileSync(`${dir}/new`, 'the door is green now\n');
    writeFileSync(`${dir}/weak`, 'password123\n');
    expect((await user('password', 'chen', '--password-file', `${dir}/new`)).code).toBe(0);
    const weak = await user('password', 'chen', '--password-file', `${dir}/weak`);
    expect([weak.code, weak.complained]).toEqual([
      2,
      expect.stringContaining('first that anybody'),
    ]);
  });

  it.each([
    [['add', 'Chen'], 'no sign-in name'],
    [['add', 'li', '--role', 'king'], 'say --role'],
    [['add', 'li', '--team', 'kings'], 'no team kings'],
    [['add', 'li', '--role', 'cleaner'], 'has to be an admin'],
  ])('says what is wrong with %j', async (words, why) => {
    const { user, add } = siteFolder();
    const { code, complained } = await add(...words.slice(1));
    expect([code, complained]).toEqual([2, expect.stringContaining(why)]);
    expect((await user('list', '--json')).said).toBe('[]');
  });

  it('takes no password where none comes', async () => {
    const { user } = siteFolder();
    const { code, complained } = await user('add', 'chen');
    expect([code, complained]).toEqual([2, expect.stringContaining('no password came')]);
  });
});
