// Questions to the gateway and their answers as values: what went wrong is a title and a sentence
// from its problem+json, in words a person can act on; nothing here throws.
import { signal } from '@preact/signals';
import type { Problem } from '../../gateway/api/schemas.ts';

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly status: number;
      readonly title: string;
      readonly detail: string;
      /** The gateway names a time (`retry-after`), as to who guessed passwords. */
      readonly waitS?: number;
      /** Whose it would have been to ask for. */
      readonly roles?: readonly string[];
    };

/** Who is signed in; asked, made and ended there. */
export const SESSION = '/api/v1/session';

/** Counts the other answers that said 401: whoever was signed in here no longer is. */
export const strangers = signal(0);

export const ask = <T>(path: string): Promise<Outcome<T>> => send<T>(path, { method: 'GET' });

export interface Command {
  /** PUT says the whole of a thing anew; POST where left out. */
  readonly method?: 'POST' | 'PUT';
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The version of the ticket that the person was looking at. */
  readonly version?: number;
  /** The same for every attempt at one intention, so that a second try is not a second deed. */
  readonly key: string;
}

export function tell<T>({ method, path, body, version, key }: Command): Promise<Outcome<T>> {
  return send<T>(path, {
    method: method ?? 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(version === undefined ? {} : { 'if-match': String(version) }),
    },
    body: JSON.stringify(body),
  });
}

/** Takes something away. */
export const drop = <T>(path: string): Promise<Outcome<T>> =>
  send<T>(path, { method: 'DELETE', headers: { 'content-type': 'application/json' }, body: '{}' });

/** A name for one intention. Not `randomUUID`: a screen on plain http has none. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function send<T>(path: string, init: RequestInit): Promise<Outcome<T>> {
  try {
    const response = await fetch(path, init);
    const { ok, status, statusText, headers } = response;
    if (ok) return { ok, value: (status === 204 ? undefined : await response.json()) as T };
    const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
    const waitS = Number(headers.get('retry-after') ?? Number.NaN);
    if (status === 401 && path !== SESSION) strangers.value += 1;
    return {
      ok,
      status,
      title: problem.title ?? statusText,
      detail: problem.detail ?? '',
      ...(Number.isFinite(waitS) && { waitS }),
      ...(problem.roles && { roles: problem.roles }),
    };
  } catch (error) {
    return { ok: false, status: 0, title: '', detail: String(error) };
  }
}
