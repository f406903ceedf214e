// Foreign JSON, looked at byte by byte before a parser sees it. JSON.parse recurses and allocates
// as deep and as wide as the sender likes; this reads once, from left to right, and keeps nothing.
import type { Refusal } from '../domain/reading.ts';

export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: Refusal; readonly detail?: string };

export interface JsonLimits {
  readonly bytes: number;
  readonly depth: number;
}

/** Without state between two messages, since each is decoded whole. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

export function parseGuarded(bytes: Uint8Array, limits: JsonLimits): Parsed {
  if (bytes.length === 0) return { ok: false, reason: 'empty' };
  if (bytes.length > limits.bytes) {
    const detail = `${bytes.length} bytes, at most ${limits.bytes}`;
    return { ok: false, reason: 'too-large', detail };
  }
  if (isDeeper(bytes, limits.depth)) {
    return { ok: false, reason: 'too-deep', detail: `nested deeper than ${limits.depth}` };
  }
  try {
    return { ok: true, value: JSON.parse(UTF8.decode(bytes)) };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message.slice(0, 120) : 'no JSON';
    return { ok: false, reason: 'not-json', detail };
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{`, `]` and `}`: each pair differs in this one bit. */
const CURLY = 0x20;
const OPENING = 0x5b | CURLY;
const CLOSING = 0x5d | CURLY;

/** Brackets within strings do not nest. In UTF-8 no later byte of a character looks like one. */
function isDeeper(bytes: Uint8Array, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (inString) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if ((byte | CURLY) === OPENING && ++depth > limit) return true;
    else if ((byte | CURLY) === CLOSING) depth--;
  }
  return false;
}
