// Who is told outside, each by a notifier of its own: the way out that it has is made here, and with it
// how far it leads. A channel that may not reach the house's own network is given a look-up that finds
// nothing there.
import { createDispatch, type Dispatch } from '../flow/outbox/dispatch.ts';
import { DINGTALK } from '../notify/dingtalk.ts';
import { createEmail } from '../notify/email.ts';
import { FEISHU } from '../notify/feishu.ts';
import { createMqttNotifier } from '../notify/mqtt.ts';
import type { Notifier } from '../notify/notifier.ts';
import { publicOnly } from '../notify/public-address.ts';
import { createRobot, ROBOT_CONNECTIONS } from '../notify/robot.ts';
import { WECOM } from '../notify/wecom.ts';
import { createWebhook, WEBHOOK_CONNECTIONS } from '../notify/webhook.ts';
import { createHttpPost, type HttpPost } from '../ops/http-post.ts';
import { createNameLookup } from '../ops/name-lookup.ts';
import type { ChannelSettings, Site } from '../site/site.ts';
import type { BrokerSource } from '../sources/broker.ts';
import type { Store } from '../store/log.ts';
import type { AppOptions } from './options.ts';

export function buildDispatch(
  options: AppOptions,
  store: Pick<Store, 'outbox'>,
  brokers: readonly BrokerSource[],
): Dispatch {
  const notifiers = channelsOf(options.site).map(notifiersBy({ ...options, brokers }));
  const { tongue } = options.site.notices;
  return createDispatch({ ...options, tongue, outbox: store.outbox, notifiers });
}

/** Those of both sections of the site file. */
export const channelsOf = ({ webhooks, channels }: Site): BuiltChannel[] => [
  ...webhooks.map((webhook) => ({ ...webhook, kind: 'webhook' as const })),
  ...channels,
];

export type BuiltChannel =
  | Exclude<ChannelSettings, { readonly kind: 'webhook' }>
  | ({ readonly kind: 'webhook' } & Site['webhooks'][number] & { readonly perMinute?: number });

interface Outside extends Pick<AppOptions, 'site' | 'clock'> {
  /** Those that run in this process. */
  readonly brokers: readonly Pick<BrokerSource, 'id' | 'publish'>[];
}

const ROBOTS = { wecom: WECOM, dingtalk: DINGTALK, feishu: FEISHU };

/** Makes the notifier of a channel; they share one way of looking up names. */
export function notifiersBy({ site, clock, brokers }: Outside) {
  const anywhere = createNameLookup({ clock });
  const lookupFor = ({ allowPrivate }: { readonly allowPrivate: boolean }) =>
    allowPrivate ? anywhere : publicOnly(anywhere);
  const postFor = (channel: { readonly allowPrivate: boolean }, connections: number): HttpPost =>
    createHttpPost({ connections, lookup: lookupFor(channel) });
  const { id } = site.compound.place;
  return (channel: BuiltChannel): Notifier => {
    switch (channel.kind) {
      case 'wecom':
      case 'dingtalk':
      case 'feishu': {
        const out = postFor(channel, ROBOT_CONNECTIONS);
        return createRobot(ROBOTS[channel.kind], channel, { clock, out });
      }
      case 'email':
        return createEmail(channel, { lookup: lookupFor(channel) });
      case 'webhook': {
        const out = postFor(channel, WEBHOOK_CONNECTIONS);
        return createWebhook(channel, { site: id, clock, out });
      }
      case 'mqtt': {
        const broker = brokers.find((each) => each.id === channel.source);
        const publish = broker?.publish ?? noBroker;
        return createMqttNotifier(channel, { site: id, publish });
      }
    }
  };
}

const noBroker = (): Promise<void> => Promise.reject(new Error('the broker is not running'));
