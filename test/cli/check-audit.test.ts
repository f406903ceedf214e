// check --audit as it is typed.
import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { headInWords } from '../../gateway/domain/audit.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { done, settingsFor, stepCommit } from '../store/entries.ts';
import { temporaryFolder } from '../tools.ts';
import { speak } from './spoken.ts';

async function siteWithChain(): Promise<{ dir: string; head: string }> {
  const dir = temporaryFolder();
  writeFileSync(
    `${dir}/site.yaml`,
    `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
store: { dir: ./data }
`,
  );
  const store = await openStore(settingsFor(`${dir}/data`));
  await store.step.save(stepCommit({ audit: [done(1), done(2), done(3)] }));
  const head = headInWords(await store.audit.head());
  await store.close();
  return { dir, head };
}

const CHECK = ['check', '--audit', '-c', 'site.yaml'];

describe('courtyard check --audit', () => {
  it('says how long the chain is and where it ends', async () => {
    const { dir, head } = await siteWithChain();
    const { said, code } = await speak(CHECK.with(3, `${dir}/site.yaml`), dir);
    expect(code).toBe(0);
    expect(said).toContain('is whole: 3 entries');
    expect(said).toContain(head);
    const byFolder = await speak(['check', '--audit', '--store', 'data', '--json'], dir);
    expect(JSON.parse(byFolder.said)).toMatchObject({ ok: true, entries: 3, breaks: [] });
  });

  it('leaves with 1 and names the entry where it is broken', async () => {
    const { dir } = await siteWithChain();
    const db = new DatabaseSync(`${dir}/data/courtyard.db`);
    db.exec(`DROP TRIGGER audit_stays; UPDATE audit SET person = 'li' WHERE number = 2`);
    db.close();
    const { said, complained, code } = await speak(['check', '--audit', '--store', 'data'], dir);
    expect(code).toBe(1);
    expect(said).toMatch(/^BROKEN at entry 2 \(2026-11-20T04:00:00\.002Z\): it was changed/);
    expect(complained).toMatch(/is broken$/);
  });

  it('compares it with heads that were written down, also in the manifest of a backup', async () => {
    const { dir, head } = await siteWithChain();
    const where = ['check', '--audit', '--store', 'data', '--anchor'];
    expect((await speak([...where, head], dir)).said).toContain('still holds entry 3');
    await speak(['backup', '-c', `${dir}/site.yaml`, '--to', 'b.db'], dir);
    const db = new DatabaseSync(`${dir}/data/courtyard.db`);
    db.exec('DROP TRIGGER audit_remains; DELETE FROM audit WHERE number = 3');
    db.close();
    expect((await speak(where.slice(0, -1), dir)).code).toBe(0);
    for (const anchor of [head, 'b.db.json']) {
      const { said, code } = await speak([...where, anchor], dir);
      expect([code, said]).toEqual([
        1,
        expect.stringMatching(/^BROKEN at entry 3: it was cut off/),
      ]);
    }
  });

  it('wants a head that it can read', async () => {
    const { dir } = await siteWithChain();
    const words = ['check', '--audit', '--store', 'data', '--anchor', 'nothing'];
    await expect(speak(words, dir)).rejects.toMatchObject({ code: 'anchor-unreadable' });
  });
});
