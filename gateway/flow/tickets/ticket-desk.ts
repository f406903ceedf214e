// What the API asks of tickets, answered: one from the fold's state or from the books, many from the
// books by their indexes, steps through the commands' queue; and where a ticket would reach nobody.
import type { Actor, Answer, Desk } from '../../api/desk.ts';
import { wallClock, type WallTime } from '../../domain/local-time.ts';
import { TEAMS, type Role, type Ticket } from '../../domain/ticket.ts';
import { ticketOf } from '../../domain/report.ts';
import type { Standing } from '../../domain/standing.ts';
import type { Clock } from '../../domain/time.ts';
import { DEFAULT_WORK, type WorkSettings } from '../../domain/work.ts';
import type { Books } from '../../store/log.ts';
import { coverageOf } from '../../tickets/routing.ts';
import type { Attempt } from '../../tickets/transitions.ts';
import { refuse, type Ask } from '../command.ts';
import type { Commands } from '../commands.ts';
import { UNSEALED, type Phones } from '../residents/report-phones.ts';
import { reportsFor } from '../residents/report-view.ts';
import { ticketView } from './ticket-view.ts';
import type { ViewScene } from '../views.ts';

export interface TicketDeskParts {
  readonly scene: ViewScene;
  readonly books: Books;
  readonly commands: Commands;
  readonly clock: Clock;
  readonly work?: WorkSettings;
  readonly phones?: Phones;
}

type TicketDesk = Pick<Desk, 'tickets' | 'ticket' | 'openTicket' | 'ticketAction' | 'coverage'>;

const LIST_LIMIT = 500;

export function createTicketDesk(parts: TicketDeskParts): TicketDesk {
  const { scene, books, commands, clock, work = DEFAULT_WORK, phones = UNSEALED } = parts;
  const { compound, standing } = scene;
  const wallTime = wallClock(compound.place.zone);
  const viewer = (actor: Actor | undefined): Attempt =>
    actor
      ? { by: actor.by, role: actor.role as Role, standIns: work.standIns }
      : { role: 'engineer', standIns: work.standIns };
  const shown = (ticket: Ticket, actor: Actor | undefined): ReturnType<typeof ticketView> => ({
    ...ticketView(ticket, viewer(actor)),
    ...(actor && told({ reports: standing.reports, phones }, ticket, actor)),
  });
  const answer = (result: Answer<Ticket>, actor: Actor): Answer<ReturnType<typeof ticketView>> =>
    result.ok ? { ok: true, value: shown(result.value, actor) } : result;
  return {
    async tickets({ actor, state = 'all', overdue, mine, limit = LIST_LIMIT, ...query }) {
      const found = await books.ticketsBy({
        limit,
        ...query,
        ...(state !== 'all' && { state }),
        ...(overdue && { overdueAt: clock.now() }),
        ...(mine && { mine: actor.by }),
      });
      return found.map((ticket) => ticketView(ticket, viewer(actor)));
    },
    async ticket(id, actor) {
      const ticket = standing.tickets.get(id) ?? (await books.ticket(id));
      return ticket
        ? { ok: true, value: shown(ticket, actor) }
        : refuse(404, 'No such ticket', `there is no ticket ${id}`);
    },
    async openTicket(ask) {
      const { asset, building } = ask.body;
      if (asset !== undefined && !compound.assets.has(asset))
        return refuse(422, 'No such asset', `there is no asset ${asset}`);
      if (building !== undefined && !work.buildings.has(building))
        return refuse(422, 'No such building', `there is no building ${building}`);
      return answer(await commands.openTicket({ ...ask, action: 'raise' }), ask.actor);
    },
    async ticketAction({ id, version, ...ask }) {
      const seen = version === undefined ? {} : { version };
      return answer(await commands.ticketAction(id, { ...withInstants(ask), ...seen }), ask.actor);
    },
    coverage: () => coverageNow(parts, wallTime(clock.now())),
  };
}

function coverageNow(
  { scene, work = DEFAULT_WORK }: Pick<TicketDeskParts, 'scene' | 'work'>,
  now: WallTime,
): ReturnType<TicketDesk['coverage']> {
  const people = [...scene.standing.people.all()].map(([, person]) => person);
  const roster = { people, now, work, lastGiven: {} };
  const { buildingsWithoutSteward, teams } = coverageOf(TEAMS, roster);
  return {
    buildingsWithoutSteward: buildingsWithoutSteward.map(({ id, name }) => ({ id, name })),
    teams: teams.map((team) => ({ ...team, onDutyNow: [...team.onDutyNow] })),
  };
}

/** What residents told of it, for whoever works here; a board at a station is everybody's. */
function told(
  { reports, phones }: Pick<Standing, 'reports'> & { readonly phones: Phones },
  { id }: Ticket,
  actor: Actor,
): Pick<ReturnType<typeof ticketView>, 'reports'> {
  if (actor.role === 'display' || actor.role === 'nobody') return {};
  const own = [...reports.all()].map(([, report]) => report);
  const found = reportsFor(
    own.filter((report) => ticketOf(report) === id),
    actor,
    phones,
  );
  return found.length === 0 ? {} : { reports: found };
}

/** A due time comes as ISO 8601 and is kept as an instant. */
function withInstants<A extends Ask>(ask: A): A {
  const { dueAt } = ask.body;
  return typeof dueAt === 'string'
    ? { ...ask, body: { ...ask.body, dueAt: Date.parse(dueAt) } }
    : ask;
}
