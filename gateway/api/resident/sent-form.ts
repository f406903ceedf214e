// A form as a phone sends it, read whole whatever is wrong with it: who still sends does not hear the
// answer, and what was typed has to come back. Photos are held in memory, bounded: each, together, and
// over all who send at once. Names and media types are the sender's words and are not believed.
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MOST_PHOTOS } from './report-form.ts';
import type { Mistake } from './words-zh.ts';

const MEGABYTE = 1024 * 1024;
export const LARGEST_PHOTO = 10 * MEGABYTE;
export const LARGEST_TOGETHER = 24 * MEGABYTE;
/** Far more than may be said, so that it comes back to be made shorter. */
const LARGEST_FIELD = 512 * 1024;
/** All photos that are in memory now; whoever comes then keeps the words and comes again. */
export const MOST_HELD = 72 * MEGABYTE;

const LIMITS = {
  // One more than is taken, of each input, so that too many is a sentence and no cut.
  files: 20,
  fileSize: LARGEST_PHOTO,
  fields: 12,
  fieldSize: LARGEST_FIELD,
  parts: 32,
  headerPairs: 20,
};

export interface SentForm {
  /** As typed; '' where it is not there. */
  field(name: string): string;
  readonly photos: readonly Uint8Array[];
  readonly hadPhotos: boolean;
  readonly mistakes: readonly Mistake[];
}

/** What it holds is given back when the answer is out. */
export type ReadForm = (
  request: Pick<FastifyRequest, 'parts'>,
  reply: Pick<FastifyReply, 'raw'>,
) => Promise<SentForm>;

export function createFormReading(most = MOST_HELD): ReadForm {
  let free = most;
  return (request, { raw }) => {
    let held = 0;
    raw.once('close', () => {
      free += held;
      held = 0;
    });
    const hold = (bytes: number): boolean => {
      if (bytes > free || raw.closed) return false;
      free -= bytes;
      held += bytes;
      return true;
    };
    return read(request, hold);
  };
}

/** Whether there is room for so many bytes more, and takes it. */
type Hold = (bytes: number) => boolean;

async function read(request: Pick<FastifyRequest, 'parts'>, hold: Hold): Promise<SentForm> {
  const fields = new Map<string, string>();
  const photos: Uint8Array[] = [];
  const mistakes = new Set<Mistake>();
  let sent = 0;
  let together = 0;
  try {
    for await (const part of request.parts({ limits: LIMITS })) {
      if (part.type === 'field') {
        fields.set(part.fieldname, typeof part.value === 'string' ? part.value : '');
        continue;
      }
      const room = sent < MOST_PHOTOS ? LARGEST_TOGETHER - together : 0;
      const photo = await photoIn(part, { room, hold });
      if (photo === 'none') continue;
      sent += 1;
      if (sent > MOST_PHOTOS) mistakes.add('photos-many');
      else if (typeof photo === 'string') mistakes.add(photo);
      else {
        photos.push(photo);
        together += photo.length;
      }
    }
  } catch (error) {
    mistakes.add(mistakeOf(error));
  }
  const field = (name: string): string => fields.get(name) ?? '';
  return { field, photos, hadPhotos: sent > 0, mistakes: [...mistakes] };
}

/** Read to its end; an input that nobody chose a file in is sent as an empty one. */
async function photoIn(
  part: MultipartFile,
  { room, hold }: { readonly room: number; readonly hold: Hold },
): Promise<Uint8Array | 'none' | Mistake> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isBusy = false;
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    size += chunk.length;
    isBusy ||= size <= room && !hold(chunk.length);
    if (isBusy || size > room) chunks.length = 0;
    else chunks.push(chunk);
  }
  if (size === 0) return 'none';
  if (part.file.truncated) return 'photo-large';
  if (size > room) return 'photos-large';
  if (isBusy) return 'busy';
  const bytes = Buffer.concat(chunks);
  const form = formOf(bytes);
  return form === 'photo' ? bytes : `photo-${form}`;
}

/** By the first bytes, as the shelf knows them too: here only to say it in the sender's tongue. */
function formOf(bytes: Buffer): 'photo' | 'heic' | 'strange' {
  const at = (from: number, to: number): string => bytes.toString('latin1', from, to);
  if (at(0, 3) === '\xff\xd8\xff' || at(0, 4) === '\x89PNG') return 'photo';
  if (at(0, 4) === 'RIFF' && at(8, 12) === 'WEBP') return 'photo';
  return at(4, 8) === 'ftyp' ? 'heic' : 'strange';
}

const LIMITED = ['FST_FILES_LIMIT', 'FST_PARTS_LIMIT', 'FST_FIELDS_LIMIT'];

/** What the parser says of the form; what is broken with us travels on. */
function mistakeOf(error: unknown): Mistake {
  if (!(error instanceof Error)) throw error;
  const { code = '', statusCode } = error as Error & { code?: string; statusCode?: number };
  if (LIMITED.includes(code)) return 'form-large';
  // Said again at the end of the form, which it does not cut.
  if (code === 'FST_REQ_FILE_TOO_LARGE') return 'photo-large';
  if (code.startsWith('FST_') || statusCode === undefined || statusCode < 500) return 'form-cut';
  throw error;
}

const STATUS: Partial<Record<Mistake, 413 | 429 | 503>> = {
  'photos-many': 413,
  'photo-large': 413,
  'photos-large': 413,
  'form-large': 413,
  'words-long': 413,
  'too-soon': 429,
  busy: 503,
};

/** The one that says most about when to come again. */
export const statusOf = (mistakes: readonly Mistake[]): 413 | 422 | 429 | 503 => {
  const all = mistakes.map((mistake) => STATUS[mistake] ?? 422);
  return ([503, 429, 413] as const).find((status) => all.includes(status)) ?? 422;
};
