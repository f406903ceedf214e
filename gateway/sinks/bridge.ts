// The gateway's own words on a broker, in the shape that automations know from other bridges:
// `bridge/state` and `bridge/info` retained, `bridge/health` retained and renewed every minute,
// `bridge/event` told once, when something begins or ends. Events are news and may be missed; what
// holds now stands in the retained states. What was so already at the start is no event.
import type { Instant } from '../domain/time.ts';
import type { ShownAsset } from './mqtt-state.ts';

/** What the screens are told, as far as it concerns a broker: the events of the live stream fit. */
export type Happening =
  | { readonly kind: 'asset'; readonly data: ShownAsset }
  | { readonly kind: 'alarm'; readonly data: ShownAlarm }
  | { readonly kind: 'ticket'; readonly data: ShownTicket }
  | { readonly kind: 'source'; readonly data: ShownSource }
  | { readonly kind: 'site' | 'beat'; readonly data: object };

interface ShownAlarm {
  readonly id: string;
  readonly rule: string;
  readonly asset: string;
  readonly severity: string;
  readonly text: string;
  readonly raisedAt: string;
  readonly clearedAt?: string;
  readonly ticket?: string;
  readonly value?: number;
  readonly quantity?: string;
  /** Set while a bigger alarm speaks for it. */
  readonly explainedBy?: string;
}

interface ShownTicket {
  readonly id: string;
  readonly number: number;
  readonly category: string;
  readonly severity: string;
  readonly title: string;
  readonly place: string;
  readonly team: string;
  readonly state: string;
  readonly asset?: string;
}

interface ShownSource {
  readonly id: string;
  readonly kind: string;
  readonly state: 'starting' | 'up' | 'down';
  readonly why?: string;
}

/** How the gateway is doing, in `bridge/health`. */
export interface BridgeHealth {
  readonly ready: boolean;
  /** What is wrong, in words. */
  readonly detail: readonly string[];
  readonly uptimeS: number;
  readonly memoryMb: number;
  /** Over 1, 5 and 15 minutes. */
  readonly loadAverage: readonly number[];
  readonly diskFreeMb: number;
  /** The last sequence of the log. */
  readonly logHead: number;
  /** Each source's state. */
  readonly sources: Readonly<Record<string, string>>;
}

type EventType =
  | 'alarm-raised'
  | 'alarm-cleared'
  | 'ticket-opened'
  | 'ticket-closed'
  | 'link-lost'
  | 'link-back';

/** `{"type": …, "at": …, "data": …}` on `bridge/event`. */
interface BridgeEvent {
  readonly type: EventType;
  readonly at: string;
  readonly data: object;
}

export const bridgeTopic = (site: string, of: 'state' | 'info' | 'health' | 'event'): string =>
  `courtyard/${site}/bridge/${of}`;

export const ONLINE = JSON.stringify({ state: 'online' });
export const OFFLINE = JSON.stringify({ state: 'offline' });

/** For a broker that outlives the gateway: what it says of us when we vanish. */
export const bridgeWill = (site: string) =>
  ({ topic: bridgeTopic(site, 'state'), payload: OFFLINE, retain: true, qos: 1 }) as const;

export interface BridgeNews {
  /** What everybody knows already: it is remembered and is no news. */
  recall(happening: Happening): void;
  /** The news in it, if any. */
  notice(happening: Happening, now: Instant): BridgeEvent | undefined;
}

const ENDED = ['closed', 'declined', 'merged'];

/** Remembers what holds, by id, as long as it holds. */
export function createBridgeNews(): BridgeNews {
  const alarms = new Set<string>();
  const tickets = new Set<string>();
  const lost = new Set<string>();
  const changeIn = (happening: Happening): Pick<BridgeEvent, 'type' | 'data'> | undefined => {
    switch (happening.kind) {
      case 'alarm':
        return alarmNews(alarms, happening.data);
      case 'ticket':
        return ticketNews(tickets, happening.data);
      case 'source':
        return linkNews(lost, happening.data);
      case 'asset':
      case 'site':
      case 'beat':
        return undefined;
    }
  };
  return {
    recall: (happening) => void changeIn(happening),
    notice(happening, now) {
      const news = changeIn(happening);
      return news && { type: news.type, at: new Date(now).toISOString(), data: news.data };
    },
  };
}

/** One that a bigger alarm explains speaks to nobody, here too. */
function alarmNews(known: Set<string>, alarm: ShownAlarm) {
  const { id, rule, asset, severity, text, raisedAt, clearedAt, ticket, value, quantity } = alarm;
  const isOver = clearedAt !== undefined;
  const isSilent = alarm.explainedBy !== undefined && !known.has(id);
  if (isOver === !known.has(id) || isSilent) return undefined;
  const data = { id, rule, asset, severity, text, raisedAt, clearedAt, ticket, value, quantity };
  if (isOver) known.delete(id);
  else known.add(id);
  return { type: isOver ? 'alarm-cleared' : 'alarm-raised', data } as const;
}

function ticketNews(known: Set<string>, ticket: ShownTicket) {
  const { id, number, category, severity, title, place, team, state, asset } = ticket;
  const isOver = ENDED.includes(state);
  if (isOver === !known.has(id)) return undefined;
  const data = { id, number, category, severity, title, place, team, state, asset };
  if (isOver) known.delete(id);
  else known.add(id);
  return { type: isOver ? 'ticket-closed' : 'ticket-opened', data } as const;
}

function linkNews(lost: Set<string>, { id, kind, state, why }: ShownSource) {
  const isDown = state === 'down';
  if (state === 'starting' || isDown === lost.has(id)) return undefined;
  if (isDown) lost.add(id);
  else lost.delete(id);
  return { type: isDown ? 'link-lost' : 'link-back', data: { source: id, kind, why } } as const;
}
