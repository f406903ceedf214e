// Pages that people write, with parts that are made from the code: what lies between `<!-- made: NAME -->`
// and `<!-- end of NAME -->` is the code's own word, and UPDATE_DOCS=1 writes it anew.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { ROOT } from './tools.ts';

/** Fails where a part is missing, or says something else than `made`. */
export function expectMade(page: string, made: Readonly<Record<string, string>>): void {
  const file = path.join(ROOT, page);
  const written = readFileSync(file, 'utf8');
  const right = Object.entries(made).reduce((text, part) => withPart(text, part), written);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, right);
  expect(readFileSync(file, 'utf8')).toBe(right);
}

function withPart(text: string, [name, lines]: readonly [string, string]): string {
  const [head, foot] = [`<!-- made: ${name} -->\n`, `\n<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(head), text.indexOf(foot)];
  expect(from >= 0 && to > from, `the page has the part “${name}”`).toBe(true);
  return `${text.slice(0, from)}${head}\n${lines}\n${text.slice(to)}`;
}

/** A table in Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
