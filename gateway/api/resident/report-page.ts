// The page behind a printed code: GET shows the form, POST takes it and leads on to the follow page.
// Whatever is wrong with a form, it comes back as it was typed, with a sentence for each mistake.
//
//   read whole ─▶ mistakes? ─▶ the door: token, pace ─▶ the desk ─▶ 303 to /f/<secret>
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Spot } from '../../domain/spot.ts';
import type { Category } from '../../domain/ticket.ts';
import { callerOf } from '../caller.ts';
import type { PostLine } from '../desk-posts.ts';
import type { KnownReport, NewReport } from '../desk-reports.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Admission } from '../report-door.ts';
import { mistakesIn, refusalOf } from './mistakes.ts';
import { nonePage } from './none.ts';
import { EMPTY, reportPage, type Entry, type Filled } from './report-form.ts';
import { sendPage } from './send.ts';
import { statusOf, type SentForm } from './sent-form.ts';
import { aroundOf, formPage, page, type Setting } from './setting.ts';
import { momentIn, tongueIn, type Words } from './words.ts';
import type { Met, Mistake } from './words-zh.ts';

interface Shown {
  readonly status: number;
  readonly filled: Filled;
  readonly token: string;
  readonly mistakes: readonly Mistake[];
  readonly hadPhotos: boolean;
}

const FRESH: Omit<Shown, 'token'> = { status: 200, filled: EMPTY, mistakes: [], hadPhotos: false };

export const readReportPage = (setting: Setting): Endpoint =>
  page(setting, async (request, reply) => {
    const spot = spotIn(setting, request);
    if (!spot) return noSpot(setting, request, reply);
    const token = setting.door.issue(spot.code);
    return show(setting, { request, reply, spot }, { ...FRESH, token });
  });

export const postReportPage = (setting: Setting): Endpoint =>
  formPage(setting, async (request, reply) => {
    const spot = spotIn(setting, request);
    if (!spot) return noSpot(setting, request, reply);
    const form = await setting.readForm(request, reply);
    const filled = filledIn(form);
    const mistakes = [...form.mistakes, ...mistakesIn(filled)];
    const { hadPhotos } = form;
    const again = (more: Pick<Shown, 'status' | 'token' | 'mistakes'>): Promise<FastifyReply> =>
      show(setting, { request, reply, spot }, { filled, hadPhotos, ...more });
    // The same token again: it is the same attempt, and a new one would be too young to be believed.
    const token = form.field('token');
    if (mistakes.length > 0) return again({ status: statusOf(mistakes), token, mistakes });

    const honeypot = form.field('website');
    const entry = { token, spot: spot.code, address: callerOf(request).address, honeypot };
    const admitted = setting.door.admit(entry);
    if (!admitted.ok) {
      if (admitted.retryAfterS !== undefined)
        void reply.header('retry-after', admitted.retryAfterS);
      const status = admitted.why === 'too-many' ? 429 : 422;
      const fresh = admitted.why === 'stale-form' ? setting.door.issue(spot.code) : token;
      return again({ status, token: fresh, mistakes: [KEPT_OUT[admitted.why]] });
    }

    const { words } = aroundOf(setting, request, '/');
    const { photos } = form;
    const { key } = admitted;
    const answer = await setting.desk.report(newReport(spot, { filled, photos, key, words }));
    if (!answer.ok) {
      if (answer.retryAfterS !== undefined) void reply.header('retry-after', answer.retryAfterS);
      return again({ status: answer.status, token, mistakes: refusalOf(answer) });
    }
    return leadOn(reply, `/f/${encodeURIComponent(answer.value.secret)}`, words);
  });

type KeptOut = Extract<Admission, { ok: false }>['why'];

const KEPT_OUT: Readonly<Record<KeptOut, Mistake>> = {
  'too-many': 'too-soon',
  'stale-form': 'token',
  robot: 'token',
};

const leadOn = (reply: FastifyReply, path: string, words: Words): FastifyReply =>
  reply.redirect(`${path}${tongueIn(words) || '?'}${tongueIn(words) && '&'}new`, 303);

function spotIn({ desk }: Setting, request: FastifyRequest): Spot | undefined {
  const { code } = request.params as { code: string };
  return desk.spot(code);
}

const noSpot = (
  setting: Setting,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> =>
  sendPage(request, reply, {
    status: 404,
    html: nonePage(aroundOf(setting, request, ''), 'spot'),
  });

function filledIn(form: SentForm): Filled {
  return {
    category: form.field('category'),
    kind: form.field('kind') === 'suggestion' ? 'suggestion' : 'fault',
    words: form.field('words'),
    phone: form.field('phone'),
  };
}

interface Taken {
  readonly filled: Filled;
  readonly photos: readonly Uint8Array[];
  readonly key: string;
  readonly words: Words;
}

/** After `mistakesIn` has found nothing wrong with it. Whoever writes nothing said what their tile says. */
const newReport = (spot: Spot, { filled, photos, key, words }: Taken): NewReport => ({
  spot: spot.code,
  category: filled.category as Category,
  kind: filled.kind === 'suggestion' ? 'suggestion' : 'fault',
  words: filled.words.trim() || words.met[filled.category as Met],
  ...(filled.phone.trim() !== '' && { phone: filled.phone.trim() }),
  photos,
  by: 'page',
  key,
});

interface There {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly spot: Spot;
}

function show(
  setting: Setting,
  { request, reply, spot }: There,
  { status, ...shown }: Shown,
): Promise<FastifyReply> {
  const around = aroundOf(setting, request, `/r/${encodeURIComponent(spot.code)}`);
  const { desk } = setting;
  const { zone, now } = desk.site();
  const moment = momentIn(around.words, zone, now);
  const known = desk.knownAt(spot.code).map((one) => knownLine(one, around.words, moment));
  const board = desk.postsFor(spot.code).map(entryOf);
  const html = reportPage(around, { spot, ...shown, known, board });
  return sendPage(request, reply, { status, html });
}

function knownLine(
  { category, neighbours, expectedAt }: KnownReport,
  { met, report }: Words,
  moment: (iso: string) => string,
): string {
  const what = met[category as Met] ?? met.other;
  const by = neighbours === 0 ? report.knownBySensor : report.knownBy(neighbours);
  const when = expectedAt === undefined ? [] : [report.knownUntil(moment(expectedAt))];
  return [`${what}${report.colon}${by}`, ...when].join(report.comma);
}

const entryOf = ({ title, words, from, to }: PostLine): Entry => {
  const when = [from, to].filter((day) => day !== undefined).join(' – ');
  return { title, words, ...(when !== '' && { when }) };
};
