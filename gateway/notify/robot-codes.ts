// The codes that robots answer inside a 200. A code that is not known is tried again: it is more often
// a bad day of theirs than a bad letter of ours. The words are ours; theirs are only looked into.
import type { Duration } from '../domain/time.ts';
import type { Told } from './notifier.ts';

export interface RobotCodes {
  readonly later: Readonly<Record<string, { readonly words: string; readonly after?: Duration }>>;
  /** In words, or in those that what they say along with it asks for. */
  readonly never: Readonly<Record<string, string | ((said: string) => string)>>;
}

/** Undefined where there is no code. */
export function robotAnswer(codes: RobotCodes, code: unknown, said: unknown): Told | undefined {
  if (typeof code !== 'number' || !Number.isSafeInteger(code)) return undefined;
  if (code === 0) return { kind: 'told' };
  const later = codes.later[code];
  if (later) {
    const { words, after } = later;
    const why = `answered ${code}: ${words}`;
    return { kind: 'try-later', why, ...(after !== undefined && { after }) };
  }
  const never = codes.never[code];
  if (never === undefined) return { kind: 'try-later', why: `answered ${code}` };
  const words = typeof never === 'string' ? never : never(typeof said === 'string' ? said : '');
  return { kind: 'never', why: `answered ${code}: ${words}` };
}
