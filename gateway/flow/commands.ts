// What people do, one at a time: checked against how things stand, written to the log only when
// accepted, answered only when its effect is durable. A refusal is no Record.
import type { Answer } from '../api/desk.ts';
import type { Alarm } from '../domain/alarm.ts';
import type { Compound } from '../domain/asset.ts';
import type { Container } from '../domain/container.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Patrol } from '../domain/patrol.ts';
import type { Person } from '../domain/person.ts';
import type { Post } from '../domain/post.ts';
import type { Report } from '../domain/report.ts';
import type { Ticket } from '../domain/ticket.ts';
import { alarmAction } from './alarm-commands.ts';
import { assetAction } from './asset-commands.ts';
import type { Ask, CommandParts } from './command.ts';
import {
  askCorrection,
  decideCorrection,
  type PlacedCorrection,
} from './weights/ledger-commands.ts';
import { takeNote, type TakeNote } from './noting.ts';
import { onSiteAction } from './weights/on-site-commands.ts';
import { personAction, type PersonAsk } from './person-commands.ts';
import { countBags } from './patrols/place-commands.ts';
import { roundAction, startRound } from './patrols/round-commands.ts';
import { postAction, type PostAsk } from './residents/post-commands.ts';
import {
  addToReport,
  raiseReport,
  rateReport,
  type Rating,
  type TellAsk,
  type Words,
} from './residents/report-commands.ts';
import { openTicket, ticketAction } from './tickets/ticket-commands.ts';

interface PlaceAsked {
  readonly id: string;
  readonly hasPlace: (id: string) => boolean;
}

export interface Commands {
  openTicket(ask: Ask): Promise<Answer<Ticket>>;
  /** @param version what the caller saw; absent where the caller does not mind */
  ticketAction(id: string, ask: Ask & { readonly version?: number }): Promise<Answer<Ticket>>;
  alarmAction(id: string, ask: Ask): Promise<Answer<Alarm>>;
  assetAction(asset: Parameters<typeof assetAction>[1], ask: Ask): Promise<Answer<Maintenance>>;
  onSite(asset: Parameters<typeof onSiteAction>[1], ask: Ask): Promise<Answer<Container>>;
  personAction(ask: PersonAsk): Promise<Answer<Person>>;
  startRound(patrols: ReadonlyMap<string, Patrol>, ask: Ask): Promise<Answer<string>>;
  roundAction(id: string, ask: Ask): Promise<Answer<string>>;
  countBags(place: PlaceAsked, ask: Ask): Promise<Answer<string>>;
  postAction(ask: PostAsk): Promise<Answer<Post>>;
  raiseReport(ask: TellAsk): Promise<Answer<Report>>;
  addToReport(id: string, words: Words): Promise<Answer<Report>>;
  rateReport(id: string, rating: Rating): Promise<Answer<Report>>;
  askCorrection(compound: Compound, ask: Ask): Promise<Answer<PlacedCorrection>>;
  decideCorrection(id: string, ask: Ask): Promise<Answer<PlacedCorrection>>;
  /** What is done already and changes nothing here. */
  note: TakeNote;
}

export function createCommands(parts: CommandParts): Commands {
  let last: Promise<unknown> = Promise.resolve();
  /** In the order of asking; one that fails does not hold up the next. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const mine = last.then(task, task);
    last = mine.catch(() => undefined);
    return mine;
  };
  return {
    openTicket: (ask) => inTurn(() => openTicket(parts, ask)),
    ticketAction: (id, ask) => inTurn(() => ticketAction(parts, id, ask)),
    alarmAction: (id, ask) => inTurn(() => alarmAction(parts, id, ask)),
    assetAction: (asset, ask) => inTurn(() => assetAction(parts, asset, ask)),
    onSite: (asset, ask) => inTurn(() => onSiteAction(parts, asset, ask)),
    personAction: (ask) => inTurn(() => personAction(parts, ask)),
    startRound: (patrols, ask) => inTurn(() => startRound({ ...parts, patrols }, ask)),
    roundAction: (id, ask) => inTurn(() => roundAction(parts, id, ask)),
    countBags: ({ id, hasPlace }, ask) => inTurn(() => countBags({ ...parts, hasPlace }, id, ask)),
    postAction: (ask) => inTurn(() => postAction(parts, ask)),
    raiseReport: (ask) => inTurn(() => raiseReport(parts, ask)),
    addToReport: (id, words) => inTurn(() => addToReport(parts, id, words)),
    rateReport: (id, rating) => inTurn(() => rateReport(parts, id, rating)),
    askCorrection: (compound, ask) => inTurn(() => askCorrection(parts, compound, ask)),
    decideCorrection: (id, ask) => inTurn(() => decideCorrection(parts, id, ask)),
    note: (done) => inTurn(() => takeNote(parts, done)),
  };
}
