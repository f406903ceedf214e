// What an accepted command makes of how things stand. Whether it is accepted, commands.ts has asked;
// what a change in between made impossible leaves everything as it is.
import type { Person } from '../domain/person.ts';
import type { CommandEntry } from '../domain/record.ts';
import type { Standing } from '../domain/standing.ts';
import type { Watching } from '../rules/watching.ts';
import type { Ticketing } from './ticketing.ts';

interface Scene {
  readonly standing: Standing;
  readonly watching: Pick<Watching, 'obey'>;
  readonly ticketing: Ticketing;
}

export function obey(scene: Scene, command: CommandEntry): void {
  switch (command.on) {
    case 'ticket':
      return command.id === undefined
        ? scene.ticketing.open(command)
        : scene.ticketing.step(command);
    case 'alarm':
    case 'asset':
      return scene.watching.obey(command);
    case 'person':
      return obeyOnPerson(scene.standing, command);
    case 'device':
      return; // for the audit chain alone
    case 'report':
    case 'round':
    case 'place':
    case 'post':
    case 'ledger':
      return;
  }
}

export function obeyOnPerson(standing: Standing, { id = '', action, body }: CommandEntry): void {
  const known = standing.people.get(id);
  if (action === 'put') standing.people.put(id, { ...(body as unknown as Person), id });
  else if (known && action === 'disable') standing.people.put(id, { ...known, state: 'disabled' });
}
