// A map file as text, into its keys and values: or every mistake at once, each at its line. What the
// keys are is said by whoever asks (recording-map.ts, sheet-map.ts); here is only how they are read.
import { LineCounter, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';

export interface MapMistake {
  readonly line: number;
  readonly column: number;
  /** `quantities.fill.unit` */
  readonly path: string;
  readonly what: string;
}

export interface Finding {
  readonly path: readonly string[];
  readonly what: string;
}

export type ParsedMapFile<T> =
  | { readonly kind: 'file'; readonly file: T }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly MapMistake[] };

/**
 * `meaningOf` is asked only about a file whose shape fits; which shape that is may depend on a key
 * that can be written in two ways.
 */
export function parseMapFile<T>(
  text: string,
  shapeFor: (file: unknown) => TSchema,
  meaningOf: (file: T) => readonly Finding[],
): ParsedMapFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const [broken] = document.errors;
  if (broken) {
    const mistake = { ...at(broken.pos[0]), path: 'file', what: broken.message };
    return { kind: 'mistakes', mistakes: [mistake] };
  }
  const file: unknown = document.toJS({ maxAliasCount: 0 });
  const shape = shapeFor(file);
  const findings = Value.Check(shape, file) ? meaningOf(file as T) : shapeOf(shape, file);
  if (findings.length === 0) return { kind: 'file', file: file as T };
  const mistakes = findings.map(({ path, what }) => ({
    ...at(offsetOf(document, path)),
    path: path.join('.') || 'file',
    what,
  }));
  return { kind: 'mistakes', mistakes: mistakes.toSorted((a, b) => a.line - b.line) };
}

export const formatMapMistake = (file: string, { line, column, path, what }: MapMistake): string =>
  `${file}:${line}:${column} ${path}: ${what}`;

function shapeOf(shape: TSchema, file: unknown): Finding[] {
  return Value.Errors(shape, file).flatMap((error): Finding[] => {
    const path = error.instancePath.split('/').slice(1);
    switch (error.keyword) {
      case 'boolean':
        return []; // said again, by name, as additionalProperties
      case 'additionalProperties':
        return error.params.additionalProperties.map((key) => ({
          path: [...path, key],
          what: 'not a key of a map file here',
        }));
      case 'required':
        return error.params.requiredProperties.map((key) => ({
          path: [...path, key],
          what: 'missing',
        }));
      case 'enum':
        return [{ path, what: `must be one of ${error.params.allowedValues.join(', ')}` }];
      default:
        return [{ path, what: error.message }];
    }
  });
}

/** Of the path, or of its nearest ancestor that is written. */
function offsetOf(document: Document, path: readonly string[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
