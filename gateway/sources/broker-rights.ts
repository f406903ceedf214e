// Who may say what to whom on the broker: the one function that is asked before a message is taken
// (a last will is a message like any other), before a subscription is kept, and before a message is
// handed to a subscriber. The last question counts: a filter such as # may be asked for, and still
// delivers only what its subscriber may hear, live and retained.
//
//   a device with a secret   says its own telemetry and status, hears its own commands
//   anyone on this machine   the same for every device that has no secret; hears besides what the
//                            gateway says. Nobody but the gateway speaks for the gateway
//   anyone, profile `open`   besides, what belongs to nobody here: other people's topics
import type { DeviceId } from '../domain/asset.ts';
import { isFilter, isTopic } from './mqtt-text.ts';
import type { Topics } from './topics.ts';

/** Nobody has proved who he is on a connection that is `open`: he is let in where only this machine is. */
export type Who =
  | { readonly kind: 'device'; readonly device: DeviceId }
  | { readonly kind: 'open' };

export interface Wish {
  /** Nobody where the connection is not known, as for a will whose client is forgotten. */
  readonly who: Who | undefined;
  readonly action: 'publish' | 'subscribe' | 'forward';
  /** A filter, where a subscription is wished for. */
  readonly topic: string;
  readonly retain: boolean;
}

/** `unretained`: yes, but it is not kept for later subscribers. */
export type Right = 'yes' | 'unretained' | 'no';

/** `site`: the site's own topics only. `open`: a broker for everything else on this machine too. */
export const BROKER_PROFILES = ['site', 'open'] as const;
export type BrokerProfile = (typeof BROKER_PROFILES)[number];

export interface Rules {
  readonly topics: Topics;
  readonly profile: BrokerProfile;
  /** Whether a device, known or not, is one that needs no secret. */
  isOpen(device: DeviceId): boolean;
}

export function mayDo({ who, action, topic, retain }: Wish, rules: Rules): Right {
  if (who === undefined || topic.startsWith('$')) return 'no';
  switch (action) {
    case 'publish':
      return maySay(who, { topic, retain }, rules);
    case 'forward':
      return mayHear(who, topic, rules);
    case 'subscribe':
      return isFilter(topic) ? mayAskFor(who, topic, rules) : 'no';
  }
}

function maySay(
  who: Who,
  { topic, retain }: { readonly topic: string; readonly retain: boolean },
  rules: Rules,
): Right {
  const spoken = rules.topics.read(topic);
  switch (spoken.of) {
    case 'telemetry': // handed out later, it would pass for a value that is fresh
      return !isHimself(who, spoken.device, rules) ? 'no' : retain ? 'unretained' : 'yes';
    case 'status':
      return isHimself(who, spoken.device, rules) ? 'yes' : 'no';
    case 'greeting':
      return who.kind === 'open' ? 'yes' : 'no';
    case 'command':
    case 'ours':
      return 'no';
    case 'nothing': // the only ones that anyone may spell as he likes
      return isAtHome(who, rules) && isTopic(topic) ? 'yes' : 'no';
  }
}

function mayHear(who: Who, topic: string, rules: Rules): Right {
  const spoken = rules.topics.read(topic);
  switch (spoken.of) {
    case 'command':
      return isHimself(who, spoken.device, rules) ? 'yes' : 'no';
    case 'telemetry':
    case 'status':
      return who.kind === 'open' && rules.isOpen(spoken.device) ? 'yes' : 'no';
    case 'greeting':
    case 'ours':
      return who.kind === 'open' ? 'yes' : 'no';
    case 'nothing':
      return isAtHome(who, rules) ? 'yes' : 'no';
  }
}

/** A filter with wildcards may match what he may hear; one without is a topic, and tells at once. */
function mayAskFor(who: Who, filter: string, rules: Rules): Right {
  if (isTopic(filter)) return mayHear(who, filter, rules);
  return who.kind === 'open' ? 'yes' : 'no';
}

const isHimself = (who: Who, device: DeviceId, { isOpen }: Rules): boolean =>
  who.kind === 'device' ? who.device === device : isOpen(device);

const isAtHome = (who: Who, { profile }: Rules): boolean =>
  profile === 'open' && who.kind === 'open';
