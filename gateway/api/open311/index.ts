// Open311 GeoReport v2 in JSON: the way for a city's own app to see and tell what residents report.
// Reading is for anybody; telling takes a key of somebody who works here. Its pages stand in no
// document of ours: they have the standard's.
//
//   services ─▶ definition ─▶ POST requests ─▶ the residents' desk ─▶ ticket ─▶ GET requests/:id
import type { FastifyRequest, RouteHandlerMethod } from 'fastify';
import { PERSON_ROLES } from '../../domain/person.ts';
import { callerOf } from '../caller.ts';
import type { PublicRequest, ReportsDesk } from '../desk-reports.ts';
import type { AccountsDesk, Answer } from '../desk.ts';
import type { Endpoint } from '../endpoint.ts';
import type { ReportDoor } from '../report-door.ts';
import { answerMistake, Mistaken } from './errors.ts';
import { requestView } from './requests.ts';
import { definition, isService, services } from './services.ts';
import { newRequest, requestsWanted, type RequestsWanted } from './wanted.ts';

export interface Open311Parts {
  readonly desk: ReportsDesk & Pick<AccountsDesk, 'whoIs'> & { site(): { readonly now: string } };
  readonly door: ReportDoor;
}

export interface Open311 {
  readonly services: Endpoint;
  readonly definition: Endpoint;
  readonly post: Endpoint;
  readonly requests: Endpoint;
  readonly request: Endpoint;
  readonly token: Endpoint;
  /** Whatever else is asked for under this address. */
  readonly nothing: Endpoint;
}

type Asked = (request: FastifyRequest) => Promise<unknown>;

const said = (answer: Asked): Endpoint => ({
  schema: { hide: true },
  answerError: answerMistake,
  handler: (async (request, reply) => {
    void reply.type('application/json; charset=utf-8').serializer(JSON.stringify);
    return await answer(request);
  }) satisfies RouteHandlerMethod,
});

export function open311(parts: Open311Parts): Open311 {
  const { desk } = parts;
  return {
    services: said(async () => services()),
    definition: said(async (request) => {
      const code = pathOf(request, 'code');
      if (!isService(code)) throw new Mistaken(404, [`there is no service ${code.slice(0, 60)}`]);
      return definition(code, desk.spots());
    }),
    post: { ...said((request) => take(parts, request)), takes: 'fields' },
    requests: said((request) => list(parts, request)),
    request: said(async (request) => {
      const found = granted(await desk.publicRequest(pathOf(request, 'id')));
      return [requestView(found, desk.where())];
    }),
    token: said(async (request) => {
      // A request is numbered at once, so its token is its number.
      const { id } = granted(await desk.publicRequest(pathOf(request, 'id')));
      return [{ service_request_id: id, token: id }];
    }),
    nothing: said(async ({ url }) => {
      const isXml = /\.xml(?:$|\?)/.test(url);
      throw isXml
        ? new Mistaken(406, ['Only JSON is spoken here: ask for the same with .json'])
        : new Mistaken(404, ['No address of this endpoint looks like that']);
    }),
  };
}

const pathOf = ({ params }: FastifyRequest, name: 'code' | 'id'): string =>
  (params as Readonly<Partial<Record<string, string>>>)[name] ?? '';

function granted<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Mistaken(answer.status, [answer.detail], answer.retryAfterS);
}

async function take(
  { desk, door }: Open311Parts,
  { body, ip }: FastifyRequest,
): Promise<readonly object[]> {
  const fields = new URLSearchParams(String(body));
  const key = fields.get('api_key') ?? '';
  const { role, token } = desk.whoIs({ address: ip, ...(key !== '' && { token: key }) });
  // On this machine, before there are people, whoever asks is somebody; here it takes a key all the same.
  const isKnown = token !== undefined && (PERSON_ROLES as readonly string[]).includes(role);
  if (!isKnown) throw new Mistaken(403, ['api_key is missing or not known here']);
  const request = newRequest(fields);
  if (!desk.spot(request.spot))
    throw new Mistaken(400, ['attribute[spot]: no label bears that code']);
  const admission = door.pace({ spot: request.spot, address: token });
  if (!admission.ok) throw new Mistaken(429, ['Too many at once'], admission.retryAfterS);
  const { ticket, secret } = granted(
    await desk.report({ ...request, photos: [], by: 'open311', key: `open311 ${admission.key}` }),
  );
  // The standard has no word for a tongue: both, then.
  const service_notice = `此链接可跟进、补充和评价，请交给报告人 / For the reporter, to follow, add and rate: /f/${secret}`;
  return [{ service_request_id: ticket, service_notice, account_id: null }];
}

async function list({ desk, door }: Open311Parts, request: FastifyRequest) {
  const now = Date.parse(desk.site().now);
  const wanted = requestsWanted(request.query as Readonly<Record<string, unknown>>, now);
  const admission = door.look(callerOf(request).address);
  if (!admission.ok) throw new Mistaken(429, ['Too many lists at once'], admission.retryAfterS);
  const found = wanted.ids ? await named(desk, wanted.ids) : await desk.publicRequests(wanted);
  const place = desk.where();
  return found.filter((one) => isWanted(one, wanted)).map((one) => requestView(one, place));
}

/** One that is not there is left out, as from any list. */
async function named(desk: ReportsDesk, ids: readonly string[]): Promise<PublicRequest[]> {
  const answers = await Promise.all([...new Set(ids)].map((id) => desk.publicRequest(id)));
  return answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
}

/** Whoever names requests has said enough. */
const isWanted = ({ category, isOpen }: PublicRequest, wanted: RequestsWanted): boolean =>
  wanted.ids !== undefined ||
  (wanted.statuses.includes(isOpen ? 'open' : 'closed') &&
    (wanted.codes === undefined || wanted.codes.includes(category)));
