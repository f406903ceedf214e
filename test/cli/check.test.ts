// `courtyard check` as a person runs it: the words, the JSON, and the exit code.
import { describe, expect, it } from 'vitest';
import { courtyard } from './command.ts';

const MANY = 'test/mistakes/many-at-once.yaml';

describe('check', { timeout: 60_000 }, () => {
  it('of a site file without mistakes says what is in it', async () => {
    const { code, out, err } = await courtyard(['check', '-c', 'config/site.demo.yaml']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^config\/site\.demo\.yaml is fine: 2 stations, 22 assets, 17 devices, 2 sources, 9 rules\.\n$/,
    );
    expect(err).toBe('');
  });

  it('says every mistake at once, each with its file, line and column', async () => {
    const { code, out, err } = await courtyard(['check', '-c', MANY]);
    expect(code).toBe(2);
    const lines = out.split('\n').filter((line) => line !== '' && !line.startsWith('warning: '));
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines)
      expect(line).toMatch(/^test\/mistakes\/many-at-once\.yaml:\d+:\d+ \S/);
    expect(err.trim()).toBe(`${lines.length} mistakes in ${MANY}`);
  });

  it('says the same as one JSON object where asked', async () => {
    const { code, out } = await courtyard(['check', '-c', MANY, '--json']);
    expect(code).toBe(2);
    const said = JSON.parse(out) as { ok: boolean; mistakes: unknown[]; warnings: unknown[] };
    expect(said.ok).toBe(false);
    expect(said.mistakes.length).toBeGreaterThan(2);
    expect(said.mistakes[0]).toMatchObject({
      file: MANY,
      line: expect.any(Number),
      column: expect.any(Number),
      path: expect.any(String),
      what: expect.any(String),
    });
  });

  it('of a file without mistakes says so in JSON too', async () => {
    const { code, out } = await courtyard(['check', '-c', 'config/site.demo.yaml', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true, mistakes: [] });
  });

  it.each(['check', 'run'])(
    '%s of a file that cannot be read says why and what to do',
    async (name) => {
      const { code, out, err } = await courtyard([name, '-c', '/nowhere/site.yaml']);
      expect(code).toBe(2);
      expect(out).toBe('');
      expect(err).toContain('courtyard: reading /nowhere/site.yaml: ENOENT');
      expect(err).toContain(
        'Check the path and that the gateway’s user may read it. (config-unreadable)',
      );
      expect(err).not.toMatch(/ {4}at /);
    },
  );

  it('run of a file with mistakes starts nothing and is wrong config', async () => {
    const { code, err } = await courtyard(['run', '-c', MANY]);
    expect(code).toBe(2);
    expect(err).toContain('nothing was started.');
  });
});
