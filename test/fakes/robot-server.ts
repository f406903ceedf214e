// The group robots of WeCom, DingTalk and Feishu as their makers describe them: what they refuse, how
// they count and how they check a signature. The signatures are checked with other code than ours, by
// Web Crypto. It behaves as a test says, one request after the other, and well when nothing is said.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../gateway/domain/time.ts';

export type RobotKind = 'wecom' | 'dingtalk' | 'feishu';
interface Said {
  readonly code: number;
  readonly words?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Behaviour =
  | 'hang'
  | 'drop'
  | 'cut'
  | 'huge'
  | { readonly redirect: string }
  | Said
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

export interface RobotServer {
  readonly url: string;
  /** What the group reads, one message each. */
  readonly read: string[];
  /** Who was mentioned; `all` for everybody. */
  readonly mentioned: string[];
  /** What each request held, as it came; those that were answered badly, too. */
  readonly sent: string[];
  /** When each request came, by the clock of the test. */
  readonly asked: number[];
  /** For the next requests, in their order. */
  behave(...next: readonly Behaviour[]): void;
  close(): Promise<void>;
}

interface RobotServerParts {
  readonly kind: RobotKind;
  readonly secret?: string;
  readonly clock: Pick<Clock, 'now'>;
}

interface Message {
  readonly text: string;
  readonly mentioned: readonly string[];
}

type Json = Record<string, unknown>;

export async function startRobot(parts: RobotServerParts): Promise<RobotServer> {
  const behaviours: Behaviour[] = [];
  const read: string[] = [];
  const mentioned: string[] = [];
  const sent: string[] = [];
  const asked: number[] = [];
  const server = createServer((request, response) => {
    asked.push(parts.clock.now());
    const next = behaviours.shift();
    const answer = async (): Promise<void> => {
      const body = await bodyOf(request);
      sent.push(body);
      if (next !== undefined) return misbehave(next, parts.kind, response);
      const refusal = await refusalOf(parts, new URL(request.url ?? '/', 'http://robot'), body);
      if (refusal !== undefined) return say(response, parts.kind, refusal);
      const message = MAKERS[parts.kind].message(JSON.parse(body) as Json);
      read.push(message.text);
      mentioned.push(...message.mentioned);
      say(response, parts.kind, { code: 0, words: 'ok' });
    };
    answer().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${MAKERS[parts.kind].path}`,
    read,
    mentioned,
    sent,
    asked,
    behave: (...next) => void behaviours.push(...next),
    close,
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function misbehave(behaviour: Behaviour, kind: RobotKind, response: ServerResponse): void {
  if (behaviour === 'hang') return;
  if (behaviour === 'drop') return void response.destroy();
  if (behaviour === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '999' });
    response.write('{"errcode":0,');
    return void setImmediate(() => response.destroy());
  }
  if (behaviour === 'huge') {
    response.writeHead(200, { 'content-type': 'text/html' });
    const page = 'x'.repeat(64 * 1024);
    const more = (): void => {
      while (!response.destroyed && response.write(page));
      response.once('drain', more);
    };
    return more();
  }
  if ('redirect' in behaviour) {
    return void response.writeHead(302, { location: behaviour.redirect }).end();
  }
  if ('code' in behaviour) return say(response, kind, behaviour);
  response.writeHead(behaviour.status, behaviour.headers).end('<html>whatever</html>');
}

function say(response: ServerResponse, kind: RobotKind, said: Said): void {
  const { code, words = '', status = 200, headers } = said;
  const answer =
    kind === 'feishu' ? { code, msg: words, data: {} } : { errcode: code, errmsg: words };
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(answer));
}

async function refusalOf(parts: RobotServerParts, url: URL, body: string) {
  const maker = MAKERS[parts.kind];
  const { most } = maker;
  if (
    Buffer.byteLength(most.of === 'body' ? body : maker.message(JSON.parse(body) as Json).text) >
    most.bytes
  )
    return maker.tooLong;
  if (parts.secret === undefined) return undefined;
  const shown = maker.signature(url, JSON.parse(body) as Json);
  const { key, words } = maker.signed(shown.stamp, parts.secret);
  const isTimely = Math.abs(Number(shown.stamp) * maker.stampMs - parts.clock.now()) < 3_600_000;
  return isTimely && shown.sign === (await hmac(key, words)) ? undefined : maker.unsigned;
}

async function hmac(key: string, words: string): Promise<string> {
  const bytes = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const secret = await crypto.subtle.importKey('raw', bytes.encode(key), algorithm, false, [
    'sign',
  ]);
  const digest = await crypto.subtle.sign('HMAC', secret, bytes.encode(words));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

interface Maker {
  readonly path: string;
  readonly most: { readonly of: 'text' | 'body'; readonly bytes: number };
  readonly tooLong: Said;
  readonly unsigned: Said;
  readonly stampMs: number;
  message(body: Json): Message;
  signature(url: URL, body: Json): { readonly stamp: string; readonly sign: string };
  signed(stamp: string, secret: string): { readonly key: string; readonly words: string };
}

const INLINE_MENTION = /<@([^>]+)>/g;

const MAKERS: Readonly<Record<RobotKind, Maker>> = {
  wecom: {
    path: '/cgi-bin/webhook/send?key=a-secret-key',
    most: { of: 'text', bytes: 2048 },
    tooLong: { code: 40058, words: 'text.content exceed max length 2048' },
    unsigned: { code: 93000, words: 'invalid webhook url' },
    stampMs: 1,
    message(body) {
      const text = body['text'] as { content: string } & Record<string, string[] | undefined>;
      const inline = [...text.content.matchAll(INLINE_MENTION)].map(([, who = '']) => who);
      const named = [...(text['mentioned_list'] ?? []), ...(text['mentioned_mobile_list'] ?? [])];
      return { text: text.content, mentioned: [...named, ...inline] };
    },
    signature: () => ({ stamp: '', sign: '' }),
    signed: () => ({ key: 'none', words: '' }),
  },
  dingtalk: {
    path: '/robot/send?access_token=a-secret-key',
    most: { of: 'body', bytes: 20_000 },
    tooLong: { code: 400105, words: 'unsupported message' },
    unsigned: { code: 310000, words: 'description:机器人发送签名不匹配, sign not match' },
    stampMs: 1,
    message(body) {
      const { content } = body['text'] as { content: string };
      const at = (body['at'] ?? {}) as {
        isAtAll?: boolean;
        atMobiles?: string[];
        atUserIds?: string[];
      };
      const named = [...(at.atMobiles ?? []), ...(at.atUserIds ?? [])];
      const seen = named.filter((who) => content.includes(`@${who}`));
      return { text: content, mentioned: at.isAtAll === true ? ['all'] : seen };
    },
    signature: ({ searchParams: said }) => ({
      stamp: said.get('timestamp') ?? '',
      sign: said.get('sign') ?? '',
    }),
    signed: (stamp, secret) => ({ key: secret, words: `${stamp}\n${secret}` }),
  },
  feishu: {
    path: '/open-apis/bot/v2/hook/a-secret-key',
    most: { of: 'body', bytes: 20 * 1024 },
    tooLong: { code: 19_002, words: 'params error, body too large' },
    unsigned: { code: 19021, words: 'sign match fail or timestamp is not within one hour' },
    stampMs: 1000,
    message(body) {
      type Part = { tag: string; text?: string; user_id?: string };
      const { post } = body['content'] as { post: { zh_cn: { title: string; content: Part[][] } } };
      const { title, content } = post.zh_cn;
      const lines = content.map((parts) => parts.map(({ text = '' }) => text).join(''));
      const named = content
        .flat()
        .flatMap(({ tag, user_id: id }) => (tag === 'at' && id ? [id] : []));
      return { text: [title, ...lines].join('\n'), mentioned: named };
    },
    signature: (_url, body) => ({ stamp: String(body['timestamp']), sign: String(body['sign']) }),
    signed: (stamp, secret) => ({ key: `${stamp}\n${secret}`, words: '' }),
  },
};
