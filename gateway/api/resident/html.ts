// HTML as a template that escapes by itself. What was not made here is text, whoever sends it and
// whatever it looks like: only a value that this file has made is let through as it is, and an object
// out of somebody's JSON cannot pass for one. Attributes are always written in double quotes.

export interface Html {
  readonly text: string;
}

/** Nothing at all for what is absent, so that `condition && html…` reads well. */
export type Part = Html | string | number | false | undefined | readonly Part[];

const made = new WeakSet<object>();

function make(text: string): Html {
  const one = { text };
  made.add(one);
  return one;
}

export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const written = texts.map((text, index) => text.replace(INDENT, '\n') + textOf(parts[index]));
  return make(written.join(''));
}

/** How the source is laid out is nothing to send over the air. */
const INDENT = /\n\s*/g;

function textOf(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  if (isMade(part)) return part.text;
  // What is neither ours nor a list is somebody's object; nothing of it is worth showing.
  return Array.isArray(part) ? part.map(textOf).join('') : '';
}

const isMade = (part: object): part is Html => made.has(part);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Of the control characters HTML knows tab and line feed; the others may not even be escaped. */
const escaped = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '\u{fffd}')
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

/** What somebody wrote: its own direction ends with it, whichever marks it holds. */
export const said = (words: string): Html => html`<bdi dir="auto">${words}</bdi>`;
