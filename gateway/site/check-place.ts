// The place and the doors: a zone that exists, ports and lines that are opened once.
import { isIP } from 'node:net';
import type { Check } from './check.ts';
import type { Finding, Path } from './mistake.ts';
import { show } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { sourcesIn } from './roster.ts';
import type { SiteDraft } from './schema.ts';

export const zoneExists: Check = function* (file) {
  const zone = file.site?.zone;
  if (zone === undefined || isZone(zone)) return;
  yield {
    at: ['site', 'zone'],
    what: `${JSON.stringify(zone.slice(0, 60))} is no time zone${didYouMean(zone, Intl.supportedValuesOf('timeZone'))}`,
    means: 'IANA name; example Asia/Shanghai',
  };
};

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** It is read by telephones, and anybody may read it. */
export const publicUrlCanBePrinted: Check = function* (file) {
  const publicUrl = file.site?.publicUrl;
  if (publicUrl === undefined) return;
  const at = ['site', 'publicUrl'];
  const example = 'example https://luyuan.example';
  if (!URL.canParse(publicUrl))
    yield { at, what: `${show(publicUrl)} is no web address that could be opened`, means: example };
  else if (/[?#@]/u.test(publicUrl))
    yield {
      at,
      what: 'holds a user, a password, a question or a mark; write the name alone',
      means: `it is printed for everybody; ${example}`,
    };
};

/** Whose word is taken for everybody's has to be few: a range that is too wide lets callers make up theirs. */
export const proxiesAreFew: Check = function* (file) {
  for (const [index, proxy] of (file.http?.trustedProxies ?? []).entries()) {
    const why = typeof proxy === 'string' ? whyNoProxy(proxy) : undefined;
    if (why === undefined) continue;
    yield { at: ['http', 'trustedProxies', index], what: `${show(proxy)} ${why}`, means: PROXIES };
  }
};

const PROXIES = 'example "127.0.0.1" or "10.0.0.0/8"';
/** 10.0.0.0/8 and fc00::/7 are the widest networks that are somebody's own. */
const FAMILIES = {
  4: { whole: 32, widest: 8 },
  6: { whole: 128, widest: 7 },
} as const;

function whyNoProxy(proxy: string): string | undefined {
  const [, address = '', bits] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(proxy) ?? [];
  const family = isIP(address);
  if ((family !== 4 && family !== 6) || isDressed(address, family))
    return 'is no address of a proxy';
  const { whole, widest } = FAMILIES[family];
  const length = Number(bits ?? whole);
  if (length > whole) return 'is no range of addresses';
  return length < widest
    ? 'is half the world, and anybody in it could say to be anybody; name the proxy alone'
    : undefined;
}

/** IPv4 in the dress of IPv6: its ranges would be read in other numbers. */
const isDressed = (address: string, family: 4 | 6): boolean =>
  family === 6 && new URL(`http://[${address}]`).hostname.startsWith('[::ffff:');

interface Door {
  readonly opens: string;
  readonly at: Path;
}

export const eachDoorOnce: Check = function* (file) {
  const first = new Map<string, Door>();
  for (const door of doorsIn(file)) {
    const taken = first.get(door.opens);
    if (taken) yield openedTwice(door, taken);
    else first.set(door.opens, door);
  }
};

function doorsIn(file: SiteDraft): Door[] {
  const http = portDoor(file.http?.port, ['http']);
  const sources = sourcesIn(file).flatMap(({ form, at }) => {
    if ('port' in form) return portDoor(form.port, at);
    if (form.kind === 'http') return [{ opens: 'POST /api/v1/readings', at: [...at, 'kind'] }];
    return 'path' in form && form.path !== undefined
      ? [{ opens: form.path, at: [...at, 'path'] }]
      : [];
  });
  return [...http, ...sources];
}

const portDoor = (port: number | undefined, at: Path): Door[] =>
  port === undefined ? [] : [{ opens: `port ${port}`, at: [...at, 'port'] }];

function openedTwice(door: Door, taken: Door): Finding {
  return {
    at: door.at,
    what: `${door.opens} is opened twice`,
    also: { words: 'first in', at: taken.at },
    means: 'a port or line has one owner',
  };
}
