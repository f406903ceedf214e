// What is wrong in a site file, from the finding (a path into it) to the line that a person reads:
// file:line:column path: what was wrong (what it means; example).
// Promise: whatever stands in the file, the line is one line, short, and safe to print.

/** Keys and list places from the top of the file down. */
export type Path = readonly (string | number)[];

/** Something wrong at a path; where that is in the text is found later. */
export interface Finding {
  readonly at: Path;
  readonly what: string;
  /** What the option means, with an example, or why it matters. */
  readonly means?: string;
  /** The other place that this one disagrees with: `words` is followed by its line. */
  readonly also?: { readonly words: string; readonly at: Path };
}

export interface Mistake {
  readonly file: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  /** As a person says it: `bins.k1-wet.emptyMm`. */
  readonly path: string;
  readonly what: string;
  readonly means?: string;
}

export function formatMistake(mistake: Mistake): string {
  const { file, line, column, path, what, means } = mistake;
  return `${file}:${line}:${column} ${path}: ${what}${means === undefined ? '' : ` (${means})`}`;
}

/**
 * Says a path by ids: of all that leads to a thing with an id only its list is kept, because ids
 * are unique. `stations[0].bins[2].emptyMm` is `bins.k1-wet.emptyMm`; without an id it stays long.
 */
export function spell(path: Path, root: unknown): string {
  let said = '';
  let list = '';
  let here: unknown = root;
  for (const step of path) {
    here = childOf(here, step);
    if (typeof step === 'string') {
      list = /^[\p{L}\p{N}_.-]+$/u.test(step) ? step : show(step);
      said = said === '' ? list : `${said}.${list}`;
      continue;
    }
    const id = childOf(here, 'id');
    said = typeof id === 'string' ? `${list}.${show(id)}` : `${said}[${step}]`;
  }
  return said === '' ? 'file' : said;
}

function childOf(parent: unknown, step: string | number): unknown {
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, step)) {
    return undefined;
  }
  return (parent as Record<string | number, unknown>)[step];
}

const LONGEST = 60;

/** A value of the file inside a sentence: plain words bare, all else quoted, long ones cut. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return 'a mapping';
  const short = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  return /^[\p{L}\p{N}_./:@#…+-]+$/u.test(short) ? short : JSON.stringify(short);
}
