// The command line as a newcomer meets it: help, version, wrong words, an old Node, the simulator.
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, temporaryFolder } from '../tools.ts';
import { courtyard, type Ended } from './command.ts';

describe('the command line', { timeout: 60_000 }, () => {
  it('says every command, two examples at least, and what the exit codes mean', async () => {
    const { code, out } = await courtyard(['--help']);
    expect(code).toBe(0);
    for (const name of ['run', 'demo', 'sim', 'check', 'decode', 'replay'])
      expect(out).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    expect(out).toContain('Examples:');
    expect(out).toContain('0 fine, 1 a fault, 2 wrong usage or site file, 3 not reachable');
  });

  it('has examples that work as they stand', async () => {
    const { out } = await courtyard(['--help']);
    const example = /courtyard decode courtyard-line --line '([^']+)'/.exec(out)?.[1] ?? '';
    const decoded = await courtyard(['decode', 'courtyard-line', '--line', example]);
    expect(JSON.parse(decoded.out)).toHaveProperty('readings');
  });

  it.each(['run', 'demo', 'check', 'decode', 'replay'])('%s explains itself', async (name) => {
    const { code, out } = await courtyard([name, '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: courtyard ${name}`);
  });

  it('says its version', async () => {
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(await courtyard(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it.each([
    ['a command that there is not', ['conquer'], "unknown command 'conquer'"],
    ['an option that there is not', ['check', '--loud'], "unknown option '--loud'"],
    ['a word too many', ['check', 'this'], 'too many arguments'],
    ['a log level that there is not', ['run', '-l', 'silly'], 'Allowed choices are trace'],
    ['a port that there is not', ['demo', '--port', '70000'], 'take a number from 0 to 65535'],
    ['no command', [], 'Usage: courtyard'],
  ])('given %s says so and is wrong usage', async (_what, words, says) => {
    const { code, out, err } = await courtyard(words);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(says);
    expect(err).not.toMatch(/ {4}at /);
  });
});

describe('sim', { timeout: 60_000 }, () => {
  it('shows the simulator’s own help', async () => {
    const { code, out } = await courtyard(['sim', '--help']);
    expect(code).toBe(0);
    for (const word of ['do', 'undo', 'empty', 'fill', 'mend', 'world'])
      expect(out).toMatch(new RegExp(`^ {2}${word} `, 'm'));
  });

  it('lists the scenarios without a simulator', async () => {
    const { code, out } = await courtyard(['sim', 'do', '--list']);
    expect(code).toBe(0);
    expect(out).toContain('circuit-dies');
  });

  it('without a simulator is not reachable, and says where it looked', async () => {
    const cwd = temporaryFolder();
    const { code, err } = await courtyard(['sim', 'do', 'overflow'], { cwd });
    expect(code).toBe(3);
    expect(err).toContain('no simulator answers at data/demo/sim.sock');
    const named = await courtyard(['sim', 'do', 'overflow', '--control', `${cwd}/other.sock`]);
    expect(named.code).toBe(3);
    expect(named.err).toContain(`${cwd}/other.sock`);
  });
});

describe('bin/courtyard', { timeout: 60_000 }, () => {
  it('refuses a Node that is too old in one sentence', async () => {
    const { code, out, err } = await withOnlyNode('20.19.0');
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^courtyard: needs Node 24\.11 or newer; run 'npm ci' in \S+, .+\n$/);
  });

  it('runs on a machine’s own Node that is new enough', async () => {
    const { code, out } = await withOnlyNode(process.versions.node);
    expect(code).toBe(0);
    expect(out).toContain('ran gateway/main');
  });
});

/** The wrapper alone in a folder without packages, with a Node of that version first on the path. */
function withOnlyNode(version: string): Promise<Ended> {
  const home = temporaryFolder();
  const [bin, own] = [path.join(home, 'bin'), path.join(home, 'machine')];
  for (const folder of [bin, own, path.join(home, 'gateway')]) mkdirSync(folder);
  copyFileSync(path.join(ROOT, 'bin/courtyard'), path.join(bin, 'courtyard'));
  writeFileSync(path.join(home, 'gateway/main.ts'), '');
  const fake = path.join(own, 'node');
  writeFileSync(fake, fakeNode(version));
  chmodSync(fake, 0o755);
  const env = { PATH: `${own}:/usr/bin:/bin` };
  return new Promise((resolve) => {
    execFile(path.join(bin, 'courtyard'), ['--version'], { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

/** Answers the wrapper's question by the real Node, as one of another version would. */
const fakeNode = (version: string): string => `#!/bin/sh
if [ "$1" = -e ]; then
  exec ${process.execPath} -e "Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); $2"
fi
echo "ran gateway/main"
`;
