// Whose a new ticket becomes: by its category, its place and the roster of the moment. A building's
// matters go to its steward, or to the head of the area; a station's to the cleaners; what is lit,
// wired or piped to the engineer on duty. Where nobody is registered a team is all there is to say.
import { isWithin, type WallTime } from '../domain/local-time.ts';
import type { Person, PersonId } from '../domain/person.ts';
import type { Category, Team, Ticket } from '../domain/ticket.ts';
import type { Building, WorkSettings } from '../domain/work.ts';

const CLEANING: readonly Category[] = ['bin-full', 'bin-room-dirty', 'sorting-wrong', 'dumping'];
/** Among neighbours, where there is a building and somebody in charge of it. */
const NEIGHBOURLY: readonly Category[] = [
  'fire-lane-blocked',
  'flying-wire-charging',
  'ads',
  'greenery',
  'parking',
  'noise',
  'other',
];

export interface Roster {
  /** Who works here, the disabled ones too. */
  readonly people: readonly Person[];
  /** By the site's clock. */
  readonly now: WallTime;
  readonly work: Pick<WorkSettings, 'buildings' | 'inTurn'>;
  /** To whom each team's last ticket went, where they go round. */
  readonly lastGiven: Readonly<Partial<Record<Team, PersonId>>>;
}

export interface Work {
  readonly category: Category;
  readonly building?: string | undefined;
  /** Where a rule or a person has said it. */
  readonly team?: Team | undefined;
}

export interface Charge {
  readonly team: Team;
  readonly assignee?: PersonId;
  /** The team's tickets go round, and this one went to the assignee in their turn. */
  readonly isTurn?: true;
}

export function chargeFor(work: Work, roster: Roster): Charge {
  const inCharge = inChargeOf(work.building, roster);
  const team = work.team ?? teamFor(work.category, inCharge);
  if (team === 'stewards') return inCharge ? { team, assignee: inCharge.id } : { team };
  const onDuty = dutyOf(team, roster);
  if (roster.work.inTurn.includes(team)) return inTurn(team, onDuty, roster.lastGiven[team]);
  const [only, ...others] = onDuty;
  const isTheEngineer = team === 'engineers' && only !== undefined && others.length === 0;
  return isTheEngineer ? { team, assignee: only.id } : { team };
}

function teamFor(category: Category, inCharge: Person | undefined): Team {
  if (inCharge && NEIGHBOURLY.includes(category)) return 'stewards';
  return CLEANING.includes(category) ? 'cleaners' : 'engineers';
}

/** The steward of the building; where it has none, whoever else has it in their charge. */
function inChargeOf(building: string | undefined, roster: Roster): Person | undefined {
  if (building === undefined) return undefined;
  const charged = roster.people.filter(
    (person) => isActive(person) && hasInCharge(person, building, roster.work.buildings),
  );
  return charged.find(({ role }) => role === 'steward') ?? charged[0];
}

const hasInCharge = (
  { id, buildings }: Person,
  building: string,
  known: ReadonlyMap<string, Building>,
): boolean => buildings.includes(building) || known.get(building)?.steward === id;

const isActive = ({ state }: Person): boolean => state === 'active';

/** Those who take what this team is given now, in the order of their ids. */
function dutyOf(team: Team, { people, now }: Pick<Roster, 'people' | 'now'>): Person[] {
  return people
    .filter((person) => mayBeGiven(person, team) && isOnDuty(person, now))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const isOnDuty = ({ duty }: Person, now: WallTime): boolean =>
  duty.length === 0 || duty.some((span) => isWithin(span, now));

/** Whether work of this team may be given to them at all, on duty or not. */
export const mayBeGiven = (person: Person, team: Team): boolean =>
  isActive(person) && person.teams.includes(team);

function inTurn(team: Team, onDuty: readonly Person[], last: PersonId | undefined): Charge {
  const next = onDuty.find(({ id }) => last === undefined || id > last) ?? onDuty[0];
  return next ? { team, assignee: next.id, isTurn: true } : { team };
}

/** Who hears of what is late: a person, or the role where nobody is named. */
export function nextUp(
  ticket: Ticket,
  people: { get(id: string): Person | undefined },
): { readonly to: string; readonly name: string } {
  const above = people.get(people.get(ticket.assignee ?? '')?.above ?? '');
  return above && isActive(above)
    ? { to: above.id, name: above.name }
    : { to: 'manager', name: '物业经理' };
}

export interface Coverage {
  /** Buildings of the site file that are in nobody's charge. */
  readonly buildingsWithoutSteward: readonly Building[];
  readonly teams: readonly {
    readonly team: Team;
    readonly people: number;
    readonly onDutyNow: readonly PersonId[];
    /** Nobody of the team has hours in the whole week. */
    readonly isEmptyAllWeek: boolean;
  }[];
}

/** Where a ticket would reach nobody. */
export function coverageOf(teams: readonly Team[], roster: Roster): Coverage {
  return {
    buildingsWithoutSteward: [...roster.work.buildings.values()].filter(
      ({ id }) => inChargeOf(id, roster) === undefined,
    ),
    teams: teams.map((team) => {
      const people = roster.people.filter((person) => mayBeGiven(person, team));
      return {
        team,
        people: people.length,
        onDutyNow: dutyOf(team, roster).map(({ id }) => id),
        isEmptyAllWeek: people.length === 0,
      };
    }),
  };
}
