// A robot in a group chat: one POST of JSON to an address that is its password, answered 200 with the
// real answer inside. What the makers have in common is here; what each has of its own (the words of
// its messages, its signature, its codes) is on its card: wecom.ts, dingtalk.ts, feishu.ts.
//
//   notice ─▶ sheet ─▶ card.request ─▶ POST ─▶ 3xx: never · code inside: card.answer · else: by status
//
// Promises: only a host that the site file allows is spoken to, by https, at a public address, unless
// the site file says otherwise. No reason that is given holds the address or anything that the far
// side wrote: it may be anybody's page.
import { type Clock, type Duration, type Instant, seconds } from '../domain/time.ts';
import type { Limit, Notifier, Told } from './notifier.ts';
import type { Post, PostAnswer } from './post.ts';
import { hostAddress, isPublic } from './public-address.ts';
import { redirectWords } from './redirect.ts';
import { type Sheet, sheetOf } from './sheet.ts';

export interface RobotPlace {
  readonly id: string;
  /** Its address, which is its password. */
  readonly secretUrl: string;
  readonly secret?: string;
  readonly allowHosts: readonly string[];
  readonly allowPrivate: boolean;
  readonly perMinute: number;
}

export interface RobotLetter {
  readonly sheet: Sheet;
  /** The robot's address, to be changed at will. */
  readonly url: URL;
  readonly secret?: string;
  readonly now: Instant;
}

export interface RobotCard {
  readonly kind: 'wecom' | 'dingtalk' | 'feishu';
  /** Besides so many a minute. */
  readonly limits?: readonly Limit[];
  request(letter: RobotLetter): { readonly url: URL; readonly body: object };
  /** What the JSON of an answer means; undefined where it is none of theirs. */
  answer(said: Readonly<Record<string, unknown>>, headers: PostAnswer['headers']): Told | undefined;
}

interface RobotParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly out: Post;
}

/** A group reads one letter after the other. */
export const ROBOT_CONNECTIONS = 1;
const TIMEOUT = seconds(10);
const MINUTE = seconds(60);

export function createRobot(card: RobotCard, place: RobotPlace, parts: RobotParts): Notifier {
  const { clock, out } = parts;
  const refusal = refusalOf(place);
  return {
    id: place.id,
    kind: card.kind,
    limits: [{ most: place.perMinute, within: MINUTE }, ...(card.limits ?? [])],
    atOnce: ROBOT_CONNECTIONS,
    async tell(notice): Promise<Told> {
      const sheet = sheetOf(notice);
      if (!sheet) return { kind: 'never', why: 'a robot is told letters only' };
      if (refusal !== undefined) return { kind: 'never', why: refusal };
      const { url, body } = card.request({
        sheet,
        url: new URL(place.secretUrl),
        now: clock.now(),
        ...(place.secret !== undefined && { secret: place.secret }),
      });
      const posting = { url, headers: JSON_HEADERS, body: JSON.stringify(body), timeout: TIMEOUT };
      try {
        return judge(card, await out.post(posting));
      } catch (error) {
        return { kind: 'try-later', why: error instanceof Error ? error.message : String(error) };
      }
    },
    close: () => out.close(),
  };
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** Why the address is not one to write to; the site file was checked, but nothing hangs on that. */
function refusalOf({ secretUrl, allowHosts, allowPrivate }: RobotPlace): string | undefined {
  if (!URL.canParse(secretUrl)) return 'its address is none';
  const url = new URL(secretUrl);
  if (!allowHosts.some((host) => host.toLowerCase() === url.hostname))
    return `${url.hostname} is not among allowHosts`;
  if (allowPrivate) return undefined;
  if (url.protocol !== 'https:') return 'its address does not begin with https://';
  const address = hostAddress(url);
  return address === undefined || isPublic(address) ? undefined : 'its address is a private one';
}

/** No later attempt changes that: not understood, or nobody lives there any more. */
const NEVER: ReadonlySet<number> = new Set([400, 410, 413, 414, 422]);

function judge(card: RobotCard, answer: PostAnswer): Told {
  const { status, headers, body, retryAfter } = answer;
  const moved = redirectWords(answer);
  if (moved !== undefined) return { kind: 'never', why: moved };
  const said = recordIn(body);
  const told = said && card.answer(said, headers);
  if (told && (told.kind !== 'told' || status === 200)) return withAsked(told, retryAfter);
  const why =
    status === 200 ? 'answered 200 without saying what became of it' : `answered ${status}`;
  if (NEVER.has(status)) return { kind: 'never', why };
  const after = retryAfter ?? (status === 429 ? MINUTE : undefined);
  return { kind: 'try-later', why, ...(after !== undefined && { after }) };
}

/** Whichever asks for the longer rest: the code inside or the head around it. */
function withAsked(told: Told, retryAfter: Duration | undefined): Told {
  if (told.kind !== 'try-later' || retryAfter === undefined) return told;
  return (told.after ?? 0) >= retryAfter ? told : { ...told, after: retryAfter };
}

function recordIn(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const said: unknown = JSON.parse(body);
    const isRecord = typeof said === 'object' && said !== null && !Array.isArray(said);
    return isRecord ? (said as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // a page, or one that is longer than was read
  }
}
