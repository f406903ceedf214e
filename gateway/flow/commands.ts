// What people do, one at a time: checked against how things stand, written to the log only when
// accepted, answered only when its effect is durable. A refusal is no Record.
import type { Answer } from '../api/desk.ts';
import type { Alarm } from '../domain/alarm.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Person } from '../domain/person.ts';
import type { Ticket } from '../domain/ticket.ts';
import { alarmAction } from './alarm-commands.ts';
import { assetAction } from './asset-commands.ts';
import type { Ask, CommandParts } from './command.ts';
import { takeNote, type TakeNote } from './noting.ts';
import { personAction, type PersonAsk } from './person-commands.ts';
import { openTicket, ticketAction } from './ticket-commands.ts';

export interface Commands {
  openTicket(ask: Ask): Promise<Answer<Ticket>>;
  /** @param version what the caller saw; absent where the caller does not mind */
  ticketAction(id: string, ask: Ask & { readonly version?: number }): Promise<Answer<Ticket>>;
  alarmAction(id: string, ask: Ask): Promise<Answer<Alarm>>;
  assetAction(asset: Parameters<typeof assetAction>[1], ask: Ask): Promise<Answer<Maintenance>>;
  personAction(ask: PersonAsk): Promise<Answer<Person>>;
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
    personAction: (ask) => inTurn(() => personAction(parts, ask)),
    note: (done) => inTurn(() => takeNote(parts, done)),
  };
}
