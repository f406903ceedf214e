// What the residents' pages are given, and what each answer makes of it: whose compound, which tongue,
// whom to call. A page that fails is a page too: a phone knows nothing to do with a problem in JSON.
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { Desk } from '../desk.ts';
import type { ReportsDesk } from '../desk-reports.ts';
import type { Endpoint } from '../endpoint.ts';
import type { ReportDoor } from '../report-door.ts';
import type { Around, Look } from './layout.ts';
import { nonePage } from './none.ts';
import { sendPage } from './send.ts';
import type { ReadForm } from './sent-form.ts';
import { wordsFor } from './words.ts';

export type ResidentsDesk = ReportsDesk & Pick<Desk, 'site' | 'postsFor'>;

export interface Setting {
  readonly desk: ResidentsDesk;
  readonly door: ReportDoor;
  readonly look: () => Look;
  readonly readForm: ReadForm;
}

export function aroundOf(
  { desk, look }: Pick<Setting, 'desk' | 'look'>,
  request: FastifyRequest,
  path: string,
): Around {
  const { name, contact, simulated } = desk.site();
  const words = wordsFor(request.query);
  return { words, look: look(), site: name, phone: contact?.phone, simulated, path };
}

type Asked = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Pages are for people and stand in no API document; what an address carries besides is not looked at. */
export function page(setting: Setting, answer: Asked): Endpoint {
  const handler: RouteHandlerMethod = async (request, reply) => {
    try {
      return await answer(request, reply);
    } catch (error) {
      // It stops travelling here, so it is logged here; the words of a fault are not for residents.
      request.log.error({ err: error }, 'a page for residents failed');
      const around = aroundOf(setting, request, '/');
      return await sendPage(request, reply, { status: 503, html: nonePage(around, 'broken') });
    }
  };
  return { schema: { hide: true }, handler };
}

/** A page that a form is sent to. */
export const formPage = (setting: Setting, answer: Asked): Endpoint => ({
  ...page(setting, answer),
  takes: 'form',
});
