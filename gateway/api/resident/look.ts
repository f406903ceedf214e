// The style and the script of the residents' pages, by the names that Vite gave them: it writes down
// which file of ours became which (`screens.json`).
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Look } from './layout.ts';

const MANIFEST = 'screens.json';
const ENTRY = 'resident/main.ts';
const ICON = 'shared/mark.svg';

interface Built {
  readonly file: string;
  readonly css?: readonly string[];
}

/** Looks at each request, so that screens built later need no restart. */
export function lookIn(folder: string | undefined): () => Look {
  return () => {
    const file = folder === undefined ? '' : path.join(folder, MANIFEST);
    if (!existsSync(file)) return {};
    const names = JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<string, Built>>;
    const [built, icon] = [names[ENTRY], names[ICON]];
    const style = built?.css?.[0];
    return {
      ...(built && { script: `/${built.file}` }),
      ...(style !== undefined && { style: `/${style}` }),
      ...(icon && { icon: `/${icon.file}` }),
    };
  };
}
