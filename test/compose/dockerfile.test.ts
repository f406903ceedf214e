// The Dockerfile read as text: what it copies is there, what it runs exists, who it runs as.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { misspoken } from '../cli/spoken.ts';
import { ROOT } from '../tools.ts';

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

interface Step {
  readonly word: string;
  readonly rest: string;
}

const steps: readonly Step[] = read('Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [word = '', ...rest] = line.split(' ');
    return { word, rest: rest.join(' ') };
  });
const said = (word: string): string[] =>
  steps.filter((step) => step.word === word).map(({ rest }) => rest);
const ignored = read('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const facts = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
  engines: { node: string };
};

describe('the Dockerfile', () => {
  it('knows only words of the Dockerfile', () => {
    const words = new Set(steps.map(({ word }) => word));
    const known =
      'FROM WORKDIR COPY RUN LABEL ENV USER VOLUME EXPOSE STOPSIGNAL HEALTHCHECK ENTRYPOINT CMD';
    expect([...words].filter((word) => !known.split(' ').includes(word))).toEqual([]);
  });

  it('stands on a Node that can, for both machines, with the prebuilt binaries’ libc', () => {
    const major = /(\d+)/.exec(facts.engines.node)?.[1];
    for (const from of said('FROM')) expect(from).toMatch(`node:${major}-bookworm-slim`);
  });

  it('copies only what is there and not kept out', () => {
    const sources = said('COPY')
      .filter((rest) => !rest.includes('--from='))
      .flatMap((rest) => rest.split(' ').slice(0, -1));
    expect(sources.length).toBeGreaterThan(3);
    expect(sources.filter((source) => !existsSync(path.join(ROOT, source)))).toEqual([]);
    expect(sources.filter((source) => ignored.includes(source))).toEqual([]);
  });

  it('copies from stages that it has', () => {
    const stages = said('FROM').flatMap((from) => / AS (\w+)$/.exec(from)?.[1] ?? []);
    const used = said('COPY').flatMap((rest) => /--from=(\w+)/.exec(rest)?.[1] ?? []);
    expect(used.filter((stage) => !stages.includes(stage))).toEqual([]);
  });

  it('builds by a script that there is, and ships without what only builds', () => {
    const runs = said('RUN');
    const scripts = runs.flatMap((run) => /npm run (\S+)/.exec(run)?.[1] ?? []);
    expect(scripts).toEqual(['build']);
    expect(facts.scripts).toHaveProperty('build');
    expect(runs).toContainEqual(expect.stringContaining('npm ci --omit=dev --workspaces=false'));
    expect(runs.join()).not.toContain('--omit=optional');
  });

  it('runs as nobody in particular, in a folder that it may write', () => {
    const last = steps.findLastIndex(({ word }) => word === 'USER');
    expect(steps[last]?.rest).toBe('courtyard');
    expect(steps.slice(last).filter(({ word }) => word === 'RUN' || word === 'COPY')).toEqual([]);
    expect(said('WORKDIR').at(-1)).toBe('/var/lib/courtyard');
    expect(said('VOLUME')).toEqual(['/var/lib/courtyard']);
  });

  it('starts a command that the gateway knows', async () => {
    const words = JSON.parse(said('CMD')[0] ?? '[]') as string[];
    expect(await misspoken(words.join(' '))).toEqual([]);
    expect(said('ENTRYPOINT')).toEqual(['["/opt/courtyard/bin/courtyard"]']);
  });

  it('asks the address that tells whether the process is up', () => {
    expect(said('HEALTHCHECK')[0]).toContain('http://127.0.0.1:8080/healthz');
    expect(said('EXPOSE')).toEqual(['8080 1883']);
  });

  it('keeps stores, secrets and history out of what it is built from', () => {
    for (const kept of ['.git', 'data', '**/secrets', 'node_modules', 'dist'])
      expect(ignored).toContain(kept);
  });
});
