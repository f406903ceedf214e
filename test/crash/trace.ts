// The lines of `strace -f -y -xx`, understood: which calls changed a file of the store, and which said
// something to the world. What the model of the disk could not play is refused, never left out.
import path from 'node:path';
import type { Said } from './said.ts';

/** One thing that happened; files by their names in the store's folder. */
export type Event =
  | { readonly what: 'create' | 'sync' | 'remove'; readonly file: string }
  | { readonly what: 'write'; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly what: 'resize'; readonly file: string; readonly size: number }
  | { readonly what: 'rename'; readonly file: string; readonly to: string }
  | { readonly what: 'sync-folder' }
  | { readonly what: 'said'; readonly said: Said };

export interface Places {
  readonly folder: string;
  readonly ledger: string;
}

interface Begun {
  readonly text: string;
  /** What it will have changed when it comes back, if it does. */
  readonly file: string | undefined;
}

export function eventsOf(trace: string, places: Places): Event[] {
  const events: Event[] = [];
  const begun = new Map<string, Begun>();
  const ends = new Map<string, number>();
  for (const line of trace.split('\n')) {
    const [, thread = '', text = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const opening = /^(.*) <unfinished \.\.\.>$/.exec(text)?.[1];
    const ending = /^<\.\.\. \w+ resumed>(.*)$/.exec(text)?.[1];
    const before = begun.get(thread);
    begun.delete(thread);
    if (opening !== undefined) {
      const said = saidIn(opening, places);
      events.push(...said);
      if (said.length === 0) begun.set(thread, { text: opening, file: fileIn(opening, places) });
      continue;
    }
    if (ending !== undefined && !before) continue; // it was said at its beginning
    const whole = ending === undefined ? text : `${before?.text}${ending}`;
    const done = [...saidIn(whole, places), ...doneBy(whole, places).map(placedAfter(ends))];
    assureAlone(done, [...begun.values()]);
    events.push(...done);
  }
  return events;
}

/** One thread writes, so no two changes of one file overlap, and their order is beyond doubt. */
function assureAlone(events: readonly Event[], begun: readonly Begun[]): void {
  const changing = begun.filter(({ text }) => !text.startsWith('openat'));
  for (const event of events) {
    if (event.what === 'create' || !('file' in event)) continue;
    if (changing.some(({ file }) => file === event.file))
      throw new Error(`two calls on ${event.file} at once`);
  }
}

/** A plain `write` says no place: it goes on where the last one ended, in a file that began empty. */
function placedAfter(ends: Map<string, number>): (event: Event) => Event {
  return (event) => {
    if (event.what === 'resize') ends.set(event.file, event.size);
    if (event.what !== 'write' || event.at >= 0) return event;
    const at = ends.get(event.file) ?? 0;
    ends.set(event.file, at + event.bytes.length);
    return { ...event, at };
  };
}

function saidIn(call: string, { ledger }: Places): Event[] {
  const [, file = '', text = ''] = /^write\(\d+<([^>]*)>, "([^"]*)"/.exec(call) ?? [];
  if (plain(file) !== ledger) return [];
  return [{ what: 'said', said: JSON.parse(plain(text)) as Said }];
}

/** What a call that came back has changed; nothing where it failed or is about another file. */
function doneBy(call: string, places: Places): Event[] {
  const [, name = '', rest = '', result = ''] = /^(\w+)\((.*)\) += (-?\d+)/.exec(call) ?? [];
  const file = fileIn(call, places);
  if (file === undefined || Number(result) < 0) return [];
  switch (name) {
    case 'openat':
      return openedBy(rest, file);
    case 'write':
    case 'pwrite64':
      return [writtenBy(call, Number(result), file)];
    case 'ftruncate':
      return [{ what: 'resize', file, size: Number(/, (\d+)$/.exec(rest)?.[1]) }];
    case 'fsync':
    case 'fdatasync':
      return [file === '' ? { what: 'sync-folder' } : { what: 'sync', file }];
    case 'unlink':
    case 'unlinkat':
      return [{ what: 'remove', file }];
    case 'rename':
    case 'renameat':
    case 'renameat2': {
      const to = inFolder(quotedIn(rest)[1] ?? '', places);
      return [to === undefined ? unknown(call) : { what: 'rename', file, to }];
    }
    default:
      return unknown(call);
  }
}

function openedBy(rest: string, file: string): Event[] {
  if (/\bO_APPEND\b/.test(rest)) return unknown(rest);
  if (!/\bO_CREAT\b/.test(rest)) return [];
  const isEmptied = /\bO_TRUNC\b/.test(rest);
  return [
    { what: 'create', file },
    ...(isEmptied ? [{ what: 'resize', file, size: 0 } as const] : []),
  ];
}

/** `at` is negative where the call does not say. */
function writtenBy(call: string, length: number, file: string): Event {
  const [, text = '', at = '-1'] = /, "([^"]*)", \d+(?:, (\d+))?\) +=/.exec(call) ?? unknown(call);
  const bytes = bytesOf(text).subarray(0, length);
  return bytes.length === length ? { what: 'write', file, at: Number(at), bytes } : unknown(call);
}

function unknown(call: string): never {
  throw new Error(`the model of the disk does not know what this does: ${call.slice(0, 200)}`);
}

/** Which of the store's files a call is about, '' for their folder. */
function fileIn(call: string, places: Places): string | undefined {
  const [, name = '', rest = ''] = /^(\w+)\((.*)/.exec(call) ?? [];
  const isByName = /^(?:openat|unlink|rename)/.test(name);
  const text = isByName ? quotedIn(rest)[0] : /^\d+<([^>]*)>/.exec(rest)?.[1];
  const file = inFolder(text ?? '', places);
  return isByName && file === '' ? undefined : file;
}

/**
 * Not the locks, nor the ballast, which hold nothing; nor the `-shm`: it is memory shared between
 * processes, and SQLite makes it anew from the journal when nobody has it open.
 */
function inFolder(text: string, { folder }: Places): string | undefined {
  const file = path.relative(folder, plain(text));
  return /^\.\.|\/|^lock\.db|^ballast|-shm$/.test(file) ? undefined : file;
}

const quotedIn = (text: string): string[] =>
  [...text.matchAll(/"([^"]*)"/g)].map(([, it = '']) => it);
const bytesOf = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex');
const plain = (text: string): string => bytesOf(text).toString();
