// Photos of a ticket. The one address that takes a form: a phone's camera fills no JSON. What arrives
// is held in memory, bounded, and its name and media type are the sender's words and are not believed.
// A photo goes out by this file alone, to those who may see its ticket, and only ever as a picture.
import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { attemptOf, CommandHeaders } from './command-headers.ts';
import type { Desk } from './desk.ts';
import { ById, endpoint, type Endpoint } from './endpoint.ts';
import { granted, problem, Refused } from './problem.ts';
import { TicketView } from './schemas.ts';
import { mustSeeTicket, seesTicket } from './scope.ts';

const MOST_FILES = 3;
const MOST_MEGABYTES = 8;
const LONGEST_NOTE = 2000;
const LIMITS = {
  files: MOST_FILES,
  fileSize: MOST_MEGABYTES * 1024 * 1024,
  parts: 10,
  fields: 1,
  fieldSize: 4 * LONGEST_NOTE,
  headerPairs: 20,
};
/** Together they may hold this many photos in memory; whoever comes then comes again. */
const MOST_AT_ONCE = 3;

/** Only what the gate lets through as a form is read as one. */
export async function readForms(app: FastifyInstance): Promise<void> {
  await app.register(multipart, { limits: LIMITS, throwFileSizeLimit: true });
}

const PhotoForm = Type.Object(
  {
    photo: Type.Array(Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }), {
      maxItems: MOST_FILES,
    }),
    note: Type.Optional(Type.String({ maxLength: LONGEST_NOTE })),
  },
  { $id: 'PhotoForm' },
);

export const addPhotos = (desk: Desk): Endpoint => {
  let inWork = 0;
  return {
    ...endpoint(
      {
        operationId: 'addPhotos',
        summary: 'Up to three photos of 8 MB each: JPEG, PNG or WebP',
        description: 'What else a file holds, as where it was taken, is not kept. All or none.',
        consumes: ['multipart/form-data'],
        params: ById,
        headers: CommandHeaders,
        body: PhotoForm,
        response: { 200: TicketView },
        refusals: [404, 409, 422],
      },
      async (request, reply) => {
        if (inWork >= MOST_AT_ONCE) {
          throw new Refused(problem(503, 'Others are sending photos; send again in a moment.'));
        }
        inWork += 1;
        try {
          await mustSeeTicket(desk, request.actor, request.params.id);
          granted(await desk.ticket(request.params.id));
          const form = await formIn(request);
          const { params, actor } = request;
          const attempt = attemptOf(request.headers);
          const ticket = granted(await desk.addPhotos({ ...params, ...form, actor, ...attempt }));
          void reply.header('etag', `"${ticket.version}"`);
          return ticket;
        } finally {
          inWork -= 1;
        }
      },
    ),
    takes: 'form',
  };
};

interface Form {
  readonly files: readonly Uint8Array[];
  readonly note?: string;
}

async function formIn(request: Pick<FastifyRequest, 'parts'>): Promise<Form> {
  const files: Uint8Array[] = [];
  let note: string | undefined;
  let refusal: unknown;
  try {
    for await (const part of request.parts({ limits: LIMITS, preservePath: true })) {
      // Read to its end even when it is refused: who still sends does not hear the answer.
      try {
        if (part.type === 'file') files.push(await fileIn(part));
        else note = noteIn(part.fieldname, part.value);
      } catch (error) {
        refusal ??= error;
      }
    }
  } catch (error) {
    refusal ??= error;
  }
  if (refusal !== undefined) throw inWords(refusal);
  if (files.length === 0) throw new Refused(problem(422, 'There is no photo in it.'));
  return { files, ...(note !== undefined && { note }) };
}

/** The name becomes nothing here; whoever sends a path as one means no good. */
async function fileIn(part: MultipartFile): Promise<Uint8Array> {
  const bytes = await part.toBuffer();
  if (!/[/\\]|\p{Cc}|\.\./u.test(part.filename ?? '')) return bytes;
  throw new Refused(problem(422, 'The name of a photo may not be a path.'));
}

function noteIn(name: string, value: unknown): string {
  if (name !== 'note')
    throw new Refused(problem(422, 'The form has photos and a note, and no other field.'));
  if (typeof value === 'string' && value.length <= LONGEST_NOTE) return value;
  throw new Refused(problem(422, `A note is text of up to ${LONGEST_NOTE} letters.`));
}

const WORDS: Readonly<Record<string, readonly [413 | 422, string]>> = {
  FST_REQ_FILE_TOO_LARGE: [413, `A photo may hold ${MOST_MEGABYTES} MB.`],
  FST_FILES_LIMIT: [413, `${MOST_FILES} photos can be sent at once.`],
  FST_PARTS_LIMIT: [413, 'The form has too many parts.'],
  FST_FIELDS_LIMIT: [413, 'The form has too many fields.'],
  FST_MP_PREMATURE_CLOSE: [422, 'The form ends before its end.'],
};

/** The parser's own words tell more of it than of the form. */
function inWords(error: unknown): unknown {
  if (error instanceof Refused || !(error instanceof Error)) return error;
  const { code, statusCode } = error as Error & { code?: string; statusCode?: number };
  const [status, words] = WORDS[code ?? ''] ?? [422, 'The form cannot be read.'];
  const isOurs = statusCode !== undefined && statusCode >= 500;
  return isOurs ? error : new Refused(problem(status, words));
}

export const readPhoto = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readPhoto',
      summary: 'One photo',
      params: ById,
      produces: ['image/jpeg'],
      response: { 200: Type.Unsafe<Buffer>({ $id: 'Photo', type: 'string', format: 'binary' }) },
      refusals: [404],
    },
    async (request, reply) => {
      const { id } = request.params;
      const found = await desk.photo(id);
      // In the same words: that there is one, and of which ticket, is for those who may see it.
      if (!found.ok || !(await seesTicket(desk, request.actor, found.value.ticket)))
        throw new Refused(problem(404, 'There is no photo of that name.'));
      void reply
        .type('image/jpeg')
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('content-disposition', `inline; filename="${id}.jpg"`);
      return Buffer.from(found.value.jpeg);
    },
  );
