// What an accepted command makes of how things stand. Whether it is accepted, commands.ts has asked;
// what a change in between made impossible leaves everything as it is.
import type { Alarm } from '../domain/alarm.ts';
import type { Person } from '../domain/person.ts';
import type { CommandEntry } from '../domain/record.ts';
import type { Standing } from '../domain/standing.ts';
import { instant } from '../domain/time.ts';
import { acknowledged, shelved, unshelved } from '../rules/alarm-book.ts';
import type { Ticketing } from './ticketing.ts';

const SHELF = 'shelf ';

interface Scene {
  readonly standing: Standing;
  readonly ticketing: Ticketing;
}

export function obey(scene: Scene, command: CommandEntry): void {
  switch (command.on) {
    case 'ticket':
      return command.id === undefined
        ? scene.ticketing.open(command)
        : scene.ticketing.step(command);
    case 'alarm':
      return obeyOnAlarm(scene.standing, command);
    case 'person':
      return obeyOnPerson(scene.standing, command);
  }
}

function obeyOnAlarm(standing: Standing, command: CommandEntry): void {
  const alarm = standing.alarms.get(command.id ?? '');
  const next = alarm && afterCommand(alarm, command);
  if (!next) return;
  standing.alarms.put(next.id, next);
  standing.agenda.set(SHELF + next.id, next.shelvedUntil);
}

function afterCommand(alarm: Alarm, command: CommandEntry): Alarm | undefined {
  const { action, by, body, receivedAt } = command;
  switch (action) {
    case 'acknowledge':
      return acknowledged(alarm, by);
    case 'shelve': {
      const next = shelved(alarm, String(body['reason']), instant(Number(body['until'])));
      return next && { ...next, shelvedAt: receivedAt };
    }
    case 'unshelve':
      return unshelved(alarm);
    default:
      return undefined;
  }
}

function obeyOnPerson(standing: Standing, { id = '', action, body }: CommandEntry): void {
  const known = standing.people.get(id);
  if (action === 'put') standing.people.put(id, { ...(body as unknown as Person), id });
  else if (known) standing.people.put(id, { ...known, state: 'disabled' });
}

/** Waits for the end of every shelf. */
export function armShelves(standing: Standing): void {
  for (const [id, alarm] of standing.alarms.all())
    standing.agenda.set(SHELF + id, alarm.shelvedUntil);
}

/** Whether this key of the agenda was a shelf's end, which then has been seen to. */
export function endShelf(standing: Standing, key: string): boolean {
  if (!key.startsWith(SHELF)) return false;
  const alarm = standing.alarms.get(key.slice(SHELF.length));
  const back = alarm && unshelved(alarm);
  if (back) standing.alarms.put(back.id, back);
  return true;
}
