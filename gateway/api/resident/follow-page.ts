// The pages behind a resident's secret link: following, adding to it, rating it, its photos. Whoever
// has the link is the resident; whoever has not is told the same as for a page that never was.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../caller.ts';
import type { Answer } from '../desk.ts';
import type { FollowView } from '../desk-reports.ts';
import type { Endpoint } from '../endpoint.ts';
import { followPage, type Following } from './follow-view.ts';
import { isTooLong, refusalOf } from './mistakes.ts';
import { nonePage } from './none.ts';
import { sendPage } from './send.ts';
import { statusOf, type SentForm } from './sent-form.ts';
import { aroundOf, formPage, page, type Setting } from './setting.ts';
import { momentIn, tongueIn } from './words.ts';
import type { Mistake } from './words-zh.ts';

export const readFollowPage = (setting: Setting): Endpoint =>
  page(setting, async (request, reply) => {
    const answer = await setting.desk.follow(secretIn(request));
    if (!answer.ok) return noLink(setting, request, reply);
    const isNew = 'new' in (request.query as object);
    return show(setting, { request, reply, view: answer.value }, { isNew });
  });

export const addToFollowPage = (setting: Setting): Endpoint =>
  formPage(setting, (request, reply) =>
    change(setting, { request, reply }, async (form, secret) => {
      const words = form.field('words');
      const mistakes: Mistake[] = [...form.mistakes, ...(isTooLong(words) ? LONG : [])];
      if (words.trim() === '' && form.photos.length === 0 && mistakes.length === 0)
        mistakes.push('words-missing');
      if (mistakes.length > 0) return mistakes;
      const paced = setting.door.pace({ spot: secret, address: callerOf(request).address });
      if (!paced.ok) return ['too-soon'];
      return setting.desk.addToReport(secret, { words: words.trim(), photos: form.photos });
    }),
  );

export const rateOnFollowPage = (setting: Setting): Endpoint =>
  formPage(setting, (request, reply) =>
    change(setting, { request, reply }, async (form, secret) => {
      const note = form.field('note');
      const reopen = form.field('reopen') === 'yes';
      // Not mended is one star, whether or not they are asked for yet.
      const stars = reopen ? 1 : Number(form.field('stars'));
      const mistakes: Mistake[] = [...form.mistakes, ...(isTooLong(note) ? LONG : [])];
      if (![1, 2, 3, 4, 5].includes(stars)) mistakes.push('stars');
      if (reopen && note.trim() === '') mistakes.push('words-missing');
      if (mistakes.length > 0) return mistakes;
      const said = note.trim() !== '' && { note: note.trim() };
      return setting.desk.rateReport(secret, { stars, ...said, ...(reopen && { reopen }) });
    }),
  );

/** As a picture and nothing else, whatever its bytes are. */
export const readFollowPhoto = (setting: Setting): Endpoint =>
  page(setting, async (request, reply) => {
    const { id } = request.params as { id: string };
    const photo = await setting.desk.reportPhoto(secretIn(request), id);
    if (!photo.ok) return noLink(setting, request, reply);
    return reply.headers(AS_A_PICTURE).send(Buffer.from(photo.value));
  });

const AS_A_PICTURE = {
  'content-type': 'image/jpeg',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'content-disposition': 'inline; filename="photo.jpg"',
} as const;

const LONG: readonly Mistake[] = ['words-long'];

const secretIn = (request: FastifyRequest): string => (request.params as { secret: string }).secret;

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Doing = (form: SentForm, secret: string) => Promise<readonly Mistake[] | Answer<FollowView>>;

/** Reads the form, does what it asks for, and leads back; where it may not be, shows what was typed. */
async function change(
  setting: Setting,
  { request, reply }: Exchange,
  doing: Doing,
): Promise<FastifyReply> {
  const secret = secretIn(request);
  const form = await setting.readForm(request, reply);
  const before = await setting.desk.follow(secret);
  if (!before.ok) return noLink(setting, request, reply);
  const done = await doing(form, secret);
  if ('ok' in done && done.ok) {
    const { words } = aroundOf(setting, request, '/');
    return reply.redirect(pathOf(secret) + tongueIn(words), 303);
  }
  const mistakes = 'ok' in done ? refusalOf(done) : done;
  const status = 'ok' in done ? done.status : statusOf(done);
  const typed = {
    words: form.field('words'),
    note: form.field('note'),
    stars: form.field('stars'),
  };
  return show(setting, { request, reply, view: before.value }, { status, mistakes, typed });
}

const pathOf = (secret: string): string => `/f/${encodeURIComponent(secret)}`;

/** In the same words whatever is not there. */
const noLink = (
  setting: Setting,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> =>
  sendPage(request, reply, {
    status: 404,
    html: nonePage(aroundOf(setting, request, ''), 'link'),
  });

function show(
  setting: Setting,
  { request, reply, view }: Exchange & { readonly view: FollowView },
  more: Partial<Pick<Following, 'isNew' | 'mistakes' | 'typed'>> & { readonly status?: number },
): Promise<FastifyReply> {
  const { zone, now } = setting.desk.site();
  const around = aroundOf(setting, request, pathOf(secretIn(request)));
  const moment = momentIn(around.words, zone, now);
  const { status = 200, isNew = false, mistakes = [], typed = {} } = more;
  const html = followPage(around, { view, moment, now, isNew, mistakes, typed });
  return sendPage(request, reply, { status, html });
}
