// Who is told outside, each by a notifier of its own.
import { createDispatch, type Dispatch } from '../flow/dispatch.ts';
import type { Notifier } from '../notify/notifier.ts';
import { publicOnly } from '../notify/public-address.ts';
import { createWebhook, WEBHOOK_CONNECTIONS } from '../notify/webhook.ts';
import { createHttpPost } from '../ops/http-post.ts';
import { createNameLookup } from '../ops/name-lookup.ts';
import type { Store } from '../store/log.ts';
import type { AppOptions } from './options.ts';

export function buildDispatch(options: AppOptions, store: Pick<Store, 'outbox'>): Dispatch {
  return createDispatch({ ...options, outbox: store.outbox, notifiers: webhooksOf(options) });
}

function webhooksOf({ site, clock }: AppOptions): Notifier[] {
  const anywhere = createNameLookup({ clock });
  return site.webhooks.map((webhook) => {
    const lookup = webhook.allowPrivate ? anywhere : publicOnly(anywhere);
    const out = createHttpPost({ connections: WEBHOOK_CONNECTIONS, lookup });
    return createWebhook(webhook, { site: site.compound.place.id, clock, out });
  });
}
