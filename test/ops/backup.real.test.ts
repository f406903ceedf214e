// A backup as a user takes it, of a store that another process writes to as fast as it can.
import { spawn, type ChildProcess } from 'node:child_process';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROOT, temporaryFolder, until } from '../tools.ts';

const run = promisify(execFile);
const courtyard = async (words: readonly string[]): Promise<Record<string, unknown>> => {
  const { stdout } = await run(path.join(ROOT, 'bin/courtyard'), [...words, '--json']);
  return JSON.parse(stdout) as Record<string, unknown>;
};

describe('backups under load', () => {
  it('restored elsewhere are sound, and each is a beginning of the log', async () => {
    const dir = temporaryFolder();
    writeFileSync(`${dir}/site.yaml`, siteWith(`${dir}/store`));
    const writer = startWriting(`${dir}/store`);
    await until('something is written', () => writer.acked() > 500);
    const heads: number[] = [];
    for (const name of ['a', 'b', 'c']) {
      const ackedBefore = writer.acked();
      await courtyard(['backup', '-c', `${dir}/site.yaml`, '--to', `${dir}/${name}.db`]);
      expect(writer.acked()).toBeGreaterThan(ackedBefore);
      writeFileSync(`${dir}/${name}.yaml`, siteWith(`${dir}/elsewhere-${name}`));
      const words = ['restore', `${dir}/${name}.db`, '-c', `${dir}/${name}.yaml`];
      heads.push(Number((await courtyard(words))['head']));
      // Three entries a message; what was acknowledged before the backup began is in it.
      expect(heads.at(-1)).toBeGreaterThanOrEqual(ackedBefore * 3);
    }
    await writer.stop();
    for (const [index, name] of ['a', 'b', 'c'].entries()) {
      const restored = logIn(`${dir}/elsewhere-${name}/courtyard.db`);
      expect(restored.integrity).toBe('ok');
      expect(restored.rows).toHaveLength(heads[index] ?? 0);
      expect(restored.rows).toEqual(logIn(`${dir}/store/courtyard.db`, heads[index]).rows);
    }
    expect([...heads].sort((a, b) => a - b)).toEqual(heads);
    console.info(`heads of three backups under load: ${heads.join(', ')}`);
  });
});

interface Writing {
  acked(): number;
  stop(): Promise<void>;
}

function startWriting(dir: string): Writing {
  const appender = path.join(ROOT, 'test/store/appender.ts');
  const flags = ['--disable-warning=ExperimentalWarning', appender, dir, '0'];
  const child: ChildProcess = spawn(process.execPath, flags, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let acked = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    acked += chunk.toString().match(/^acked/gm)?.length ?? 0;
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };
  onTestFinished(stop);
  return { acked: () => acked, stop };
}

function logIn(
  file: string,
  upTo = Number.MAX_SAFE_INTEGER,
): { integrity: string; rows: unknown[] } {
  const db = new DatabaseSync(file);
  try {
    const integrity = String(db.prepare('PRAGMA integrity_check').get()?.['integrity_check']);
    const log = db.prepare('SELECT * FROM log WHERE sequence <= ? ORDER BY sequence');
    return { integrity, rows: log.all(upTo).map((row) => JSON.stringify(row)) };
  } finally {
    db.close();
  }
}

const siteWith = (dir: string): string => `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
store: { dir: ${dir} }
`;
