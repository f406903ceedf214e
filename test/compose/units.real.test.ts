// systemd's own judgement of the units, without a systemd that runs.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { has, ROOT, temporaryFolder } from '../tools.ts';

/** Points, of ten, that a unit may leave open; more is a sandbox that lost a wall. */
const MOST_EXPOSED = 2.5;

describe.runIf(has('systemd-analyze'))('systemd', () => {
  it.each(['courtyard.service', 'courtyard-kiosk.service'])(
    'understands every line of %s',
    (name) => {
      const { stderr } = analyze('verify', standIn(name));
      // A page of the manual and a unit of another package are not there; every key and value is.
      const complaints = stderr
        .split('\n')
        .filter((line) => line.includes(name) && !/man |docs?\//.test(line));
      expect(complaints).toEqual([]);
    },
  );

  it('finds a line that it does not understand', () => {
    const file = standIn('courtyard.service');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n[Service]\nProtectSytem=strict\n`);
    expect(analyze('verify', file).stderr).toMatch(/ProtectSytem/);
  });

  it('finds little that the gateway could reach if it were taken over', () => {
    const { stdout } = analyze('security', '--offline=true', standIn('courtyard.service'));
    const exposed = Number(/exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
    expect(exposed).toBeLessThan(MOST_EXPOSED);
    console.info(`systemd-analyze security: ${exposed} of 10`);
  });
});

const analyze = (...words: string[]): { stdout: string; stderr: string } =>
  spawnSync('systemd-analyze', words, { encoding: 'utf8', env: { ...process.env, PAGER: 'cat' } });

/** The unit as it is, but for programs that this machine has in another place or not at all. */
function standIn(name: string): string {
  const dir = temporaryFolder();
  const program = path.join(dir, 'bin/program');
  mkdirSync(path.dirname(program));
  writeFileSync(program, '#!/bin/sh\n');
  chmodSync(program, 0o755);
  const text = readFileSync(path.join(ROOT, 'config', name), 'utf8');
  const file = path.join(dir, name);
  writeFileSync(file, text.replace(/^ExecStart=\S+/m, `ExecStart=${program}`));
  return file;
}
