// Ids: each is said once among its own kind.
import { allAssets, type Check } from './check.ts';
import type { Finding } from './mistake.ts';
import {
  buildingsIn,
  channelsIn,
  devicesIn,
  type Listed,
  listed,
  patrolsIn,
  readersIn,
  rulesIn,
  sourcesIn,
  stationsIn,
  webhooksIn,
} from './roster.ts';

export const eachIdOnce: Check = (file) => [
  ...doubles(allAssets(file), 'bins, scales, lamps, circuits and meters share one set of ids'),
  ...doubles(listed(buildingsIn(file)), 'ids are unique among buildings'),
  ...doubles(listed(stationsIn(file)), 'ids are unique among stations'),
  ...doubles(listed(sourcesIn(file)), 'ids are unique among sources'),
  ...doubles(listed(devicesIn(file)), 'ids are unique among devices'),
  ...doubles(listed(rulesIn(file)), 'ids are unique among rules'),
  ...doubles(listed(patrolsIn(file)), 'ids are unique among patrols'),
  ...doubles(
    [...listed(webhooksIn(file)), ...listed(channelsIn(file))],
    'webhooks and channels share one set of ids',
  ),
  ...doubles(listed(readersIn(file)), 'ids are unique among readers'),
];

function* doubles(things: readonly Listed[], means: string): Iterable<Finding> {
  const first = new Map<string, Listed>();
  for (const thing of things) {
    const taken = first.get(thing.id);
    if (!taken) first.set(thing.id, thing);
    else {
      const also = { words: 'it is already taken in', at: [...taken.at, 'id'] };
      yield { at: [...thing.at, 'id'], what: `duplicate id ${thing.id}`, also, means };
    }
  }
}
