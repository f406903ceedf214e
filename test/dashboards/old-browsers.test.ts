// The wall screens run Chrome 87 and the oldest phones Safari 14. The build lowers syntax; what it
// cannot lower must not be written.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../tools.ts';

const TOO_NEW_SCRIPT =
  /\.at\(-|\.findLast\(|\.findLastIndex\(|\.toSorted\(|\.toReversed\(|\.with\(|Object\.hasOwn|Object\.groupBy|structuredClone|randomUUID|AbortSignal\.timeout/;
const TOO_NEW_STYLE =
  /:has\(|:is\(|:where\(|@container|@layer|@property|aspect-ratio|\binset:|accent-color|color-mix|\ddvh|\dsvh|\dcqw|(?<![\w-])gap:|&:|& /;

function written(extension: RegExp): { file: string; text: string }[] {
  return readdirSync(path.join(ROOT, 'dashboards'), { recursive: true, encoding: 'utf8' })
    .filter((file) => extension.test(file))
    .map((file) => {
      const text = readFileSync(path.join(ROOT, 'dashboards', file), 'utf8');
      return { file, text: text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '') };
    });
}

describe('the screens are written for old browsers', () => {
  it('in their scripts', () => {
    const odd = written(/\.tsx?$/).filter(({ text }) => TOO_NEW_SCRIPT.test(text));
    expect(odd.map(({ file, text }) => `${file}: ${TOO_NEW_SCRIPT.exec(text)?.[0]}`)).toEqual([]);
  });

  it('in their styles, without nesting', () => {
    const odd = written(/\.css$/).filter(({ text }) => TOO_NEW_STYLE.test(text));
    expect(odd.map(({ file, text }) => `${file}: ${TOO_NEW_STYLE.exec(text)?.[0]}`)).toEqual([]);
  });
});
