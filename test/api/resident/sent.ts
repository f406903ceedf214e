// A resident's phone: opens the form, fills it in and sends it as a browser does, without a script.
import { createReportDoor } from '../../../gateway/api/report-door.ts';
import { instant } from '../../../gateway/domain/time.ts';
import { face, type Face } from '../face.ts';

export interface Filled {
  readonly [field: string]: string | undefined;
}

const LINE = 'resident-line';
const FORM = { 'content-type': `multipart/form-data; boundary=${LINE}` };

/** The bytes of a form; a photo without bytes is an input that nobody chose a file in. */
export function formOf(fields: Filled, photos: readonly Uint8Array[] = []): Buffer {
  const written = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [part(`name="${name}"`, Buffer.from(value))],
  );
  const files = photos.map((bytes, place) =>
    part(
      `name="photo"; filename="${bytes.length === 0 ? '' : `IMG_${place}.jpg`}"\r\nContent-Type: image/jpeg`,
      bytes,
    ),
  );
  return Buffer.concat([...written, ...files, Buffer.from(`--${LINE}--\r\n`)]);
}

const part = (head: string, body: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(`--${LINE}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
    body,
    Buffer.from('\r\n'),
  ]);

export interface Phone extends Face {
  /** Time goes on for the door. */
  wait(ms: number): void;
  /** Opens the page of a code and gives the token of its form. */
  open(code?: string): Promise<string>;
  send(url: string, fields: Filled, photos?: readonly Uint8Array[]): ReturnType<Face['get']>;
  /** Opens, waits as long as a person needs, fills in and sends. */
  report(fields: Filled, photos?: readonly Uint8Array[]): ReturnType<Face['get']>;
}

export const SOMETHING: Filled = { category: 'bin-full', kind: 'fault', words: '满出来了' };

export async function phone(screensDir?: string): Promise<Phone> {
  let now = Date.parse('2026-11-20T10:30:00Z');
  let nonce = 0;
  const reportDoor = createReportDoor({
    clock: { now: () => instant(now) },
    random: (bytes) => Buffer.alloc(bytes, (nonce += 1)),
  });
  const made = await face({ reportDoor, ...(screensDir !== undefined && { screensDir }) });
  const send: Phone['send'] = (url, fields, photos = []) =>
    made.post(url, formOf(fields, photos), FORM);
  const open: Phone['open'] = async (code = 'k1') =>
    fieldIn((await made.get(`/r/${code}`)).body, 'token');
  return {
    ...made,
    wait: (ms) => void (now += ms),
    open,
    send,
    async report(fields, photos = []) {
      const token = await open();
      now += 10_000;
      return send('/r/k1', { token, ...fields }, photos);
    },
  };
}

export const fieldIn = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
