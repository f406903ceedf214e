// How a page of ours goes out: packed, never kept, told to no search engine, and under a policy that
// lets nothing in but the one style, the one script and the photos, whatever stands in the page.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Html } from './html.ts';

const pack = promisify(gzip);

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': POLICY,
  'cache-control': 'no-store',
  // Nobody else ever hears of the address. `no-referrer` would keep it from ourselves too, and makes
  // browsers send forms with `Origin: null`, which the gate must take for a stranger's.
  'referrer-policy': 'same-origin',
  'x-robots-tag': 'noindex, nofollow',
  vary: 'accept-encoding',
} as const;

export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: { readonly status: number; readonly html: Html },
): Promise<FastifyReply> {
  const bytes = Buffer.from(page.html.text.trimStart());
  const isPacked = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (isPacked) void reply.header('content-encoding', 'gzip');
  return reply
    .code(page.status)
    .headers(HEADERS)
    .send(isPacked ? await pack(bytes) : bytes);
}
