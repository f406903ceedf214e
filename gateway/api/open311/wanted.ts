// What a client asks for, read by hand: whatever is not understood is said, and all of it at once.
// Parameters that are not known are let pass, as the standard wants it (api_key, jurisdiction_id).
import { days } from '../../domain/time.ts';
import { LONGEST_WORDS, REPORT_KINDS, type ReportKind } from '../../domain/report.ts';
import { Mistaken } from './errors.ts';
import { isService } from './services.ts';
import type { Met } from '../resident/words-zh.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface RequestsWanted {
  /** These and no others. */
  readonly ids?: readonly string[];
  readonly codes?: readonly string[];
  readonly statuses: readonly string[];
  readonly from: number;
  readonly to: number;
}

const LONGEST_SPAN = days(90);
const MOST_IDS = 50;
/** With its zone: a time without one is another in another place. */
const W3C = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[ +-]\d\d:\d\d))?$/;

export function requestsWanted(query: Fields, now: number): RequestsWanted {
  const wrong: string[] = [];
  const ids = listIn(query, 'service_request_id');
  const codes = listIn(query, 'service_code');
  const statuses = listIn(query, 'status') ?? ['open', 'closed'];
  if (statuses.some((status) => status !== 'open' && status !== 'closed'))
    wrong.push('status is open or closed');
  if (ids && ids.length > MOST_IDS) wrong.push(`service_request_id: at most ${MOST_IDS} at once`);
  const start = momentIn(query, 'start_date', wrong);
  const end = momentIn(query, 'end_date', wrong);
  const from = start ?? (end ?? now) - LONGEST_SPAN;
  const to = end ?? (start === undefined ? now + 1 : start + LONGEST_SPAN);
  if (from > to) wrong.push('start_date lies after end_date');
  if (to - from > LONGEST_SPAN + 1) wrong.push('start_date and end_date: at most 90 days');
  if (wrong.length > 0) throw new Mistaken(400, wrong);
  return { ...(ids && { ids }), ...(codes && { codes }), statuses, from, to };
}

function listIn(query: Fields, name: string): string[] | undefined {
  const value = textIn(query, name);
  if (value === undefined) return undefined;
  return value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Said twice, the last one counts; empty is as good as not said. */
function textIn(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' && last.trim() !== '' ? last : undefined;
}

function momentIn(query: Fields, name: string, wrong: string[]): number | undefined {
  const text = textIn(query, name);
  if (text === undefined) return undefined;
  // A plus sign in an address stands for a space unless it is escaped, which people forget.
  const moment = W3C.test(text) ? Date.parse(text.replace(' ', '+')) : Number.NaN;
  if (!Number.isNaN(moment)) return moment;
  wrong.push(`${name} is a W3C date and time with its zone, as 2026-11-22T10:00:00+08:00`);
  return undefined;
}

export interface NewRequest {
  readonly category: Met;
  readonly spot: string;
  readonly kind: ReportKind;
  readonly words: string;
  readonly phone?: string;
}

/** Names, mail addresses and links to pictures are not asked for and not kept. */
export function newRequest(fields: URLSearchParams): NewRequest {
  const of = (name: string): string => fields.getAll(name).at(-1)?.trim() ?? '';
  const code = of('service_code');
  if (code !== '' && !isService(code))
    throw new Mistaken(404, [`service_code: there is no service ${code.slice(0, 60)}`]);
  const spot = of('attribute[spot]') || of('address_id');
  const kind = of('attribute[kind]') || 'fault';
  const words = of('description');
  const phone = of('phone');
  const wrong = [
    ...(code === '' ? ['service_code was not provided'] : []),
    ...(spot === '' ? ['attribute[spot] was not provided: see the service definition'] : []),
    ...(isKind(kind) ? [] : ['attribute[kind] is fault or suggestion']),
    ...(words === '' ? ['description was not provided'] : []),
    ...(words.length > LONGEST_WORDS ? [`description: at most ${LONGEST_WORDS} letters`] : []),
    ...(phone === '' || PHONE.test(phone) ? [] : ['phone is 5 to 20 digits']),
  ];
  if (wrong.length > 0 || !isKind(kind) || !isService(code)) throw new Mistaken(400, wrong);
  return { category: code, spot, kind, words, ...(phone !== '' && { phone }) };
}

const PHONE = /^\+?\d[\d -]{3,18}\d$/;

const isKind = (word: string): word is ReportKind =>
  (REPORT_KINDS as readonly string[]).includes(word);
