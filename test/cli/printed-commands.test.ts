// Whatever command a page, a unit or an image prints can be typed.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../tools.ts';
import { misspoken } from './spoken.ts';

const PAGES = [
  'README.md',
  ...readdirSync(path.join(ROOT, 'docs')).map((page) => `docs/${page}`),
  'config/courtyard.service',
  'config/site.yaml',
].filter((page) => /\.(?:md|service|yaml)$/.test(page));

describe('every command that is printed exists, with every option', () => {
  it.each(PAGES)('%s', async (page) => {
    const text = readFileSync(path.join(ROOT, page), 'utf8');
    const wrong = await Promise.all(
      commandsIn(text).map(async (line) => (await misspoken(line)).map((why) => `${line}: ${why}`)),
    );
    expect(wrong.flat()).toEqual([]);
  });

  it('the pages for operators print some at all', () => {
    for (const page of ['docs/first-hour.md', 'docs/operating.md'])
      expect(commandsIn(readFileSync(path.join(ROOT, page), 'utf8')).length).toBeGreaterThan(5);
  });

  it('a command that is not there is found out', async () => {
    expect(await misspoken('chekc -c site.yaml')).toEqual(['no command chekc']);
    expect(await misspoken('check -c site.yaml --fast')).toEqual(['no option --fast']);
    expect(await misspoken('backup verify x.db --config y')).toEqual(['no option --config']);
    expect(await misspoken("decode courtyard-line --line '$lamp-07,7,on=1 --x'")).toEqual([]);
  });
});

/** In code only: in prose `courtyard` is the product, and after `sudo -u` it is a user. */
function commandsIn(text: string): string[] {
  const code = /^```[\s\S]*?^```|`[^`\n]+`|^ExecStart=.*|^#.*bin\/courtyard.*/gm;
  return [...text.matchAll(code)]
    .map(([block]) => block.replace(/^`([^`].*)`$/, '$1'))
    .flatMap((block) => [...block.matchAll(/(?:^|\S*bin\/)courtyard ((?:--?)?[a-z][^\n`]*)/gm)])
    .map((match) => match[1] ?? '');
}
