// What of the house an actor may look at, once the door has let the role in. A display reads its own
// station's board and nothing else; who works for a team or a building sees its tickets and their own.
// What is out of scope is not there: 404, and no line in a list, no event in a stream.
import { isInSight, type Team, type TicketSight } from '../domain/ticket.ts';
import type { Actor, Desk } from './desk.ts';
import { problem, Refused } from './problem.ts';
import type { AlarmView, AssetView, LiveEvent, SiteView } from './schemas.ts';

export interface Scope {
  readonly site: (site: SiteView) => SiteView;
  readonly hasAsset: (asset: Pick<AssetView, 'station'>) => boolean;
  readonly hasAlarm: (alarm: Pick<AlarmView, 'asset'>) => boolean;
  readonly hasTicket: (ticket: TicketFacts) => boolean;
}

type TicketFacts = Parameters<typeof isInSight>[1];

/** Whose work a role does, where nothing else was said of the person. */
const OWN_TEAM: Readonly<Record<string, Team>> = { cleaner: 'cleaners', steward: 'stewards' };
const ALL: Scope = {
  site: (site) => site,
  hasAsset: () => true,
  hasAlarm: () => true,
  hasTicket: () => true,
};

/** Lends a hand at a station: sees the place, not its troubles. */
const VISITOR: Scope = { ...ALL, hasAlarm: () => false, hasTicket: () => false };

export function scopeOf(actor: Actor, desk: Pick<Desk, 'assets'>): Scope {
  if (actor.role === 'display') return boardOf(actor.station, desk);
  if (actor.role === 'volunteer') return VISITOR;
  const sight = ticketSight(actor);
  return sight ? { ...ALL, hasTicket: (ticket) => isInSight(sight, ticket) } : ALL;
}

/** Whose tickets they see, of those roles that work for some; undefined for who sees all or none. */
export function ticketSight({
  role,
  by,
  teams = [],
  buildings = [],
}: Actor): TicketSight | undefined {
  const own = OWN_TEAM[role];
  return own && { by, teams: [own, ...teams.filter((team) => team !== own)], buildings };
}

function boardOf(station: string | undefined, desk: Pick<Desk, 'assets'>): Scope {
  const hasAsset = (asset: Pick<AssetView, 'station'>): boolean =>
    station !== undefined && asset.station === station;
  /** Assets come and go with the site file only, so with the process. */
  let own: ReadonlySet<string> | undefined;
  const isOwn = (id: string): boolean =>
    (own ??= new Set(
      desk
        .assets()
        .filter(hasAsset)
        .map((asset) => asset.id),
    )).has(id);
  return {
    site: (site) => ({
      ...site,
      stations: site.stations.filter(({ id }) => id === station),
      circuits: [],
      ...(site.buildings && { buildings: [] }),
    }),
    hasAsset,
    hasAlarm: ({ asset }) => isOwn(asset),
    hasTicket: () => false,
  };
}

/** The event as this viewer may have it; undefined where it is not for them. */
export function eventIn(scope: Scope, event: LiveEvent, actor: Actor): LiveEvent | undefined {
  switch (event.kind) {
    case 'site':
      return { kind: 'site', data: scope.site(event.data) };
    case 'asset':
      return scope.hasAsset(event.data) ? event : undefined;
    case 'alarm':
      return scope.hasAlarm(event.data) ? event : undefined;
    case 'ticket':
      return scope.hasTicket(event.data) ? event : undefined;
    case 'source':
      return actor.role === 'display' ? undefined : event;
    default:
      return event;
  }
}

/** The same words as for what was never there. */
function orMissing<T>(found: T | undefined, words: string): T {
  if (found === undefined) throw new Refused(problem(404, words));
  return found;
}

/** Ends with 404 where an asset is not there for this actor. */
export function mustSeeAsset(desk: Desk, actor: Actor, id: string): AssetView {
  const { hasAsset } = scopeOf(actor, desk);
  return orMissing(
    desk.assets().find((one) => one.id === id && hasAsset(one)),
    `The site file names no asset ${id}.`,
  );
}

/** The same for a ticket that is about to be acted on; who sees all of them is not held up. */
export async function mustSeeTicket(desk: Desk, actor: Actor, id: string): Promise<void> {
  orMissing((await seesTicket(desk, actor, id)) || undefined, `there is no ticket ${id}`);
}

/** Who sees all of them sees also one that is not there. */
export async function seesTicket(desk: Desk, actor: Actor, id: string): Promise<boolean> {
  if (!ticketSight(actor)) return true;
  const answer = await desk.ticket(id);
  return answer.ok && scopeOf(actor, desk).hasTicket(answer.value);
}
