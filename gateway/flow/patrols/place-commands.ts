// What is counted at a place: bags found dumped, by whoever stands there.
import type { Answer } from '../../api/desk.ts';
import { accept, refuse, writeCommand, type Ask, type CommandParts } from '../command.ts';

/** The place's id. @param hasPlace whether bags may be counted there */
export async function countBags(
  parts: CommandParts & { readonly hasPlace: (id: string) => boolean },
  place: string,
  ask: Ask,
): Promise<Answer<string>> {
  if (!parts.hasPlace(place)) return refuse(422, 'No such place', `there is no place ${place}`);
  await writeCommand(parts, { on: 'place', id: place, ...ask });
  return accept(place);
}
