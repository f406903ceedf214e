// What an accepted command makes of how things stand. Whether it is accepted, commands.ts has asked;
// what a change in between made impossible leaves everything as it is.
import type { Compound } from '../domain/asset.ts';
import { isOnSite } from '../domain/on-site.ts';
import type { Person } from '../domain/person.ts';
import type { CommandEntry, Recorded } from '../domain/record.ts';
import type { Standing } from '../domain/standing.ts';
import type { Weighing } from '../project/weighing.ts';
import type { Watching } from '../rules/watching.ts';
import { obeyOnLedger } from './weights/ledger-corrections.ts';
import type { Posting } from './residents/post-fold.ts';
import type { Reporting } from './residents/report-fold.ts';
import type { Rounds } from './patrols/round-fold.ts';
import type { Telling } from './letters/telling.ts';
import type { Ticketing } from './tickets/ticketing.ts';

interface Scene {
  readonly site: { readonly compound: Compound };
  readonly standing: Standing;
  readonly watching: Pick<Watching, 'obey'>;
  readonly weighing: Pick<Weighing, 'obey'>;
  readonly ticketing: Ticketing;
  readonly posting: Pick<Posting, 'obey'>;
  readonly reporting: Pick<Reporting, 'obey'>;
  readonly rounds: Pick<Rounds, 'obey' | 'countBags'>;
  readonly telling: Pick<Telling, 'obey'>;
}

export function obey(scene: Scene, command: Recorded<CommandEntry>): void {
  switch (command.on) {
    case 'ticket':
      return command.id === undefined
        ? scene.ticketing.open(command)
        : scene.ticketing.step(command);
    case 'alarm':
      return scene.watching.obey(command);
    case 'asset':
      return obeyOnAsset(scene, command);
    case 'person':
      return obeyOnPerson(scene.standing, command);
    case 'device':
      return; // for the audit chain alone
    case 'round':
      return scene.rounds.obey(command);
    case 'place':
      return command.action === 'count-bags' ? scene.rounds.countBags(command) : undefined;
    case 'post':
      return scene.posting.obey(command);
    case 'report':
      return scene.reporting.obey(scene.ticketing.scene, command);
    case 'notice':
      return scene.telling.obey(command);
    case 'ledger':
      return obeyOnLedger(scene.site.compound, scene.standing, command);
  }
}

/** What is out of service is at work on, too: it is watched, and nobody is told of it. */
const AS_WORK: Readonly<Record<string, string>> = { 'take-out': 'maintain', 'put-back': 'release' };

function obeyOnAsset({ watching, weighing }: Scene, command: Recorded<CommandEntry>): void {
  if (!isOnSite(command.action)) return watching.obey(command);
  weighing.obey(command);
  const action = AS_WORK[command.action];
  if (action !== undefined) watching.obey({ ...command, action });
}

export function obeyOnPerson(standing: Standing, { id = '', action, body }: CommandEntry): void {
  const known = standing.people.get(id);
  if (action === 'put') standing.people.put(id, { ...(body as unknown as Person), id });
  else if (known && action === 'disable') standing.people.put(id, { ...known, state: 'disabled' });
}
