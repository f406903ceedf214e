// Questions to the gateway and their answers as values: what went wrong is a title and a sentence
// from its problem+json, in words a person can act on; nothing here throws.
import type { Problem } from '../../gateway/api/schemas.ts';

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly status: number;
      readonly title: string;
      readonly detail: string;
    };

export const ask = <T>(path: string): Promise<Outcome<T>> => send<T>(path, { method: 'GET' });

export interface Command {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The version of the ticket that the person was looking at. */
  readonly version?: number;
  /** The same for every attempt at one intention, so that a second try is not a second deed. */
  readonly key: string;
}

export function tell<T>({ path, body, version, key }: Command): Promise<Outcome<T>> {
  return send<T>(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(version === undefined ? {} : { 'if-match': String(version) }),
    },
    body: JSON.stringify(body),
  });
}

/** A name for one intention. Not `randomUUID`: a screen on plain http has none. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function send<T>(path: string, init: RequestInit): Promise<Outcome<T>> {
  try {
    const response = await fetch(path, init);
    if (response.ok) return { ok: true, value: (await response.json()) as T };
    const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
    const title = problem.title ?? response.statusText;
    return { ok: false, status: response.status, title, detail: problem.detail ?? '' };
  } catch (error) {
    return { ok: false, status: 0, title: '', detail: String(error) };
  }
}
