// Posts each notice as one CloudEvent to a web address. With a secret it is signed as the Standard
// Webhooks specification says (1.0.0): HMAC-SHA256 over `id.timestamp.body`, so that a receiver can
// tell who sent it, and that nobody sends it once more next week.
// Nothing that the far side says goes further than its status: it may be anybody's page.
import { createHmac } from 'node:crypto';
import type { Notice } from '../domain/notice.ts';
import { type Clock, minutes, seconds } from '../domain/time.ts';
import { CLOUD_EVENT, cloudEvent } from './cloud-event.ts';
import type { Notifier, Told } from './notifier.ts';
import type { Post, PostAnswer } from './post.ts';
import { hostAddress, isPublic } from './public-address.ts';
import { redirectWords } from './redirect.ts';

export interface WebhookPlace {
  readonly id: string;
  readonly url: string;
  readonly secret?: string;
  readonly allowPrivate: boolean;
  /** Absent: as many as come. */
  readonly perMinute?: number;
}

interface WebhookParts {
  /** The site's id. */
  readonly site: string;
  readonly clock: Pick<Clock, 'now'>;
  /** The way out, as the app gives it: it follows no redirect and looks names up as it may. */
  readonly out: Post;
}

/** Enough for a burst of alarms at a receiver that takes its time; a browser has six. */
export const WEBHOOK_CONNECTIONS = 8;
const TIMEOUT = seconds(5);
const ASIDE = 'its address is a private one; allowPrivate in the site file would let it';

export function createWebhook(place: WebhookPlace, { site, clock, out }: WebhookParts): Notifier {
  const url = new URL(place.url);
  const address = hostAddress(url);
  const mayNot = address !== undefined && !place.allowPrivate && !isPublic(address);
  const sign = signer(place.secret);
  return {
    id: place.id,
    kind: 'webhook',
    ...(place.perMinute !== undefined && {
      limits: [{ most: place.perMinute, within: minutes(1) }],
    }),
    atOnce: WEBHOOK_CONNECTIONS,
    async tell(notice: Notice): Promise<Told> {
      if (mayNot) return { kind: 'try-later', why: ASIDE };
      const body = cloudEvent(notice, site);
      const stamp = String(Math.floor(clock.now() / 1000));
      const headers = { 'content-type': CLOUD_EVENT, ...sign(notice.key, stamp, body) };
      try {
        return judge(await out.post({ url, headers, body, timeout: TIMEOUT }));
      } catch (error) {
        return { kind: 'try-later', why: error instanceof Error ? error.message : String(error) };
      }
    },
    close: () => out.close(),
  };
}

/** What no later attempt changes: this event is not understood, or nobody lives there any more. */
const NEVER: ReadonlySet<number> = new Set([400, 410, 413, 422]);

function judge(answer: PostAnswer): Told {
  const { status, retryAfter } = answer;
  if (status >= 200 && status < 300) return { kind: 'told' };
  const moved = redirectWords(answer);
  if (moved !== undefined) return { kind: 'never', why: moved };
  const why = `answered ${status}`;
  if (NEVER.has(status)) return { kind: 'never', why };
  return { kind: 'try-later', why, ...(retryAfter !== undefined && { after: retryAfter }) };
}

type Sign = (id: string, stamp: string, body: string) => Readonly<Record<string, string>>;

const PREFIX = 'whsec_';

/** A secret as the specification writes it, `whsec_` and base64, or any other text as it is. */
function signer(secret: string | undefined): Sign {
  if (secret === undefined) return () => ({});
  const key = secret.startsWith(PREFIX)
    ? Buffer.from(secret.slice(PREFIX.length), 'base64')
    : Buffer.from(secret);
  return (id, stamp, body) => {
    const digest = createHmac('sha256', key).update(`${id}.${stamp}.${body}`).digest('base64');
    return { 'webhook-id': id, 'webhook-timestamp': stamp, 'webhook-signature': `v1,${digest}` };
  };
}
