// Photos on their way to a ticket, with progress.
import type { Problem } from '../../gateway/api/schemas.ts';
import { strangers, type Outcome } from '../shared/gateway.ts';

export interface PhotoLetter {
  readonly path: string;
  readonly key: string;
  readonly version?: number;
}

interface Contents {
  readonly files: readonly File[];
  readonly note: string;
  /** 0…1 of the bytes that have left. */
  readonly onProgress: (share: number) => void;
}

/** XMLHttpRequest, because fetch tells nothing of what has left. */
export function sendPhotos<T>(
  { path, key, version }: PhotoLetter,
  { files, note, onProgress }: Contents,
): Promise<Outcome<T>> {
  const form = new FormData();
  if (note.trim() !== '') form.append('note', note.trim());
  // Names are the phone's own and tell more than they should.
  files.forEach((file, place) => form.append('photo', file, `photo-${place + 1}`));
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('idempotency-key', key);
    if (version !== undefined) request.setRequestHeader('if-match', String(version));
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / total));
    request.addEventListener('load', () => resolve(outcomeOf<T>(request)));
    const lost = (): void => resolve({ ok: false, status: 0, title: '', detail: '' });
    request.addEventListener('error', lost);
    request.addEventListener('abort', lost);
    request.send(form);
  });
}

function outcomeOf<T>({ status, statusText, responseText }: XMLHttpRequest): Outcome<T> {
  const body = read(responseText);
  if (status >= 200 && status < 300) return { ok: true, value: body as T };
  if (status === 401) strangers.value += 1;
  const {
    title = statusText,
    detail = '',
    roles,
  } = (body ?? {}) as Partial<Problem> & {
    readonly roles?: readonly string[];
  };
  return { ok: false, status, title, detail, ...(roles && { roles }) };
}

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A proxy's page in the place of an answer: its status says enough.
    return undefined;
  }
}
