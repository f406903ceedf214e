// YAML text → plain values, with the way back: at which line and column a path stands.
// Broken text, doubled keys and anchors that bite their own tail are told here; what the values
// mean is judged later. Promise: no text whatever makes this throw.
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { type Finding, type Path, show } from './mistake.ts';

export interface Position {
  readonly line: number;
  readonly column: number;
}

interface Flaw extends Position {
  readonly what: string;
}

export type YamlText =
  /** No tree to speak of: nothing but these can be said. */
  | { readonly kind: 'broken'; readonly flaws: readonly Flaw[] }
  | {
      readonly kind: 'read';
      readonly value: unknown;
      readonly findings: readonly Finding[];
      /** Where a path stands, or its nearest ancestor that does. */
      locate(path: Path): Position;
    };

/** A compound of a thousand lamps is a tenth of this. */
const MOST_CHARACTERS = 2_000_000;
/** How many values may come out of anchors; a bomb of nested ones makes billions. */
const MOST_ALIASES = 1_000;

export function readYaml(text: string): YamlText {
  if (text.length > MOST_CHARACTERS) {
    return broken({ line: 1, column: 1 }, 'the file is over 2 MB; is it a site file?');
  }
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'error',
  });
  if (document.errors.length > 0) return { kind: 'broken', flaws: flawsOf(document.errors, at) };
  const knot = knottedAnchor(document);
  if (knot) return broken(at(knot.offset), knot.what);
  const plain = valueOf(document);
  if ('refused' in plain) return broken({ line: 1, column: 1 }, plain.refused);
  return {
    kind: 'read',
    value: plain.value,
    findings: doubledKeys(document, at),
    locate: (path) => at(offsetOf(document, path)),
  };
}

const broken = (where: Position, what: string): YamlText => ({
  kind: 'broken',
  flaws: [{ ...where, what }],
});

const CURES: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'a tab cannot indent; use two spaces',
  BAD_INDENT: 'the indent fits nothing above it; keys of one mapping start in one column',
  MULTIPLE_DOCS: 'a second document begins here; a site file is one: remove the ---',
  BLOCK_AS_IMPLICIT_KEY: 'a second key on one line; give it a line of its own, or quote the text',
  MULTILINE_IMPLICIT_KEY: 'a key without its colon; write key: value',
  MISSING_CHAR: 'a quote, bracket, comma or colon is missing, here or just before',
  RESOURCE_EXHAUSTION: 'nested too deeply',
};

/** The first of each line: what follows on the same line is its echo. */
function flawsOf(errors: readonly YAMLError[], at: (offset: number) => Position): Flaw[] {
  const byLine = new Map<number, Flaw>();
  for (const error of errors) {
    const where = at(error.pos[0]);
    const what = CURES[error.code] ?? error.message;
    if (!byLine.has(where.line)) byLine.set(where.line, { ...where, what });
  }
  return [...byLine.values()].slice(0, 20);
}

/** An alias of nothing, or of something that it stands in itself. */
function knottedAnchor(document: Document): { offset: number; what: string } | undefined {
  const anchors = new Map<string, Node>();
  let knot: { offset: number; what: string } | undefined;
  visit(document, (_key, node, parents) => {
    if (isNode(node) && 'anchor' in node && node.anchor) anchors.set(node.anchor, node);
    if (!isAlias(node)) return undefined;
    const meant = anchors.get(node.source);
    if (meant && !parents.includes(meant)) return undefined;
    const what = meant
      ? `*${node.source} stands inside its own anchor`
      : `*${node.source} names no anchor above it; write &${node.source} there`;
    knot = { offset: startOf(node), what };
    return visit.BREAK;
  });
  return knot;
}

/** The library refuses by throwing where anchors multiply past the limit. */
function valueOf(document: Document): { value: unknown } | { refused: string } {
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }) };
  } catch (error) {
    if (error instanceof ReferenceError) {
      return { refused: `anchors give over ${MOST_ALIASES} values; write them out` };
    }
    return { refused: `cannot be read: ${error instanceof Error ? error.message : 'unknown'}` };
  }
}

/** Told for each key once, at its last place, which is the one that would have counted. */
function doubledKeys(document: Document, at: (offset: number) => Position): Finding[] {
  const findings: Finding[] = [];
  const walk = (node: unknown, path: Path): void => {
    if (isSeq(node)) node.items.forEach((item, index) => walk(item, [...path, index]));
    if (!isMap(node)) return;
    for (const [key, pairs] of Map.groupBy(node.items, keyOf)) {
      if (key === undefined) continue;
      if (pairs.length > 1) {
        const { line } = at(startOf(pairs[0]?.key));
        const what = `${show(key)} is written twice; it already stands in line ${line}: keep one`;
        findings.push({ at: [...path, key], what });
      }
      for (const pair of pairs) walk(pair.value, [...path, key]);
    }
  };
  walk(document.contents, []);
  return findings;
}

function offsetOf(document: Document, path: Path): number {
  let offset = startOf(document.contents);
  let node: unknown = document.contents;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isSeq(node) && typeof step === 'number' && step in node.items) {
      node = node.items[step];
      offset = startOf(node);
    } else if (isMap(node)) {
      // Of doubled keys the last one counts, for its value as for its place.
      const pair = node.items.findLast((each) => keyOf(each) === step);
      if (!pair) return offset;
      offset = startOf(pair.key);
      node = pair.value;
    } else {
      return offset;
    }
  }
  return offset;
}

/** As the plain value names it; none for a key that is itself a list, a mapping or an alias. */
function keyOf(pair: Pair): string | undefined {
  const key: unknown = pair.key;
  if (key === null) return '';
  return isScalar(key) ? `${key.toJSON() ?? ''}` : undefined;
}

const startOf = (node: unknown): number => (node as Node | null | undefined)?.range?.[0] ?? 0;
