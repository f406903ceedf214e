// The site file that a newcomer types from the page is one that the gateway takes.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DECODERS } from '../../gateway/decode/index.ts';
import { loadSite } from '../../gateway/site/load.ts';
import { formatMistake } from '../../gateway/site/mistake.ts';
import { ROOT } from '../tools.ts';

const page = readFileSync(path.join(ROOT, 'docs/first-hour.md'), 'utf8');
const [, typed = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];

describe('the first hour’s site file', () => {
  it('has no mistake and lacks only the address for residents’ phones', () => {
    const { mistakes = [], warnings } = loadSite(typed, {
      file: 'my-site.yaml',
      decoders: DECODERS.map(({ name }) => name),
      readSecret: () => ({ kind: 'secret', text: 'courtyard' }),
    });
    expect(mistakes.map(formatMistake)).toEqual([]);
    // The page says that this one may wait.
    expect(warnings.map(({ what }) => what)).toEqual([expect.stringContaining('publicUrl')]);
  });
});
