// Rounds, patrols and counts of bags as the API shows them.
import type { BagCountView, RoundHeadView, RoundView } from '../../api/schemas.ts';
import type { BagCount } from '../../domain/bag-count.ts';
import { checkInAt, isSeen, type Round } from '../../domain/round.ts';
import type { Instant } from '../../domain/time.ts';

const iso = (moment: Instant): string => new Date(moment).toISOString();
/** As people call somebody whose sign-in name this is. */
export type NameOf = (person: string) => string;

export function roundHead(round: Round, nameOf: NameOf): RoundHeadView {
  const { id, patrol, name, by, startedAt, endedAt, end, note } = round;
  return {
    id,
    patrol,
    name,
    by,
    byName: nameOf(by),
    startedAt: iso(startedAt),
    ...(endedAt !== undefined && { endedAt: iso(endedAt) }),
    ...(end !== undefined && { end }),
    ...(note !== undefined && { note }),
    seen: round.places.filter((place) => isSeen(round, place)).length,
    places: round.places.length,
    bad: round.checkIns
      .flatMap(({ looks }) => Object.values(looks))
      .filter(({ verdict }) => verdict === 'bad').length,
  };
}

export const roundView = (round: Round, nameOf: NameOf): RoundView => ({
  ...roundHead(round, nameOf),
  route: round.places.map(({ at, kind, name, look }) => {
    const checkIn = checkInAt(round, at);
    return {
      at,
      kind,
      name,
      ...(checkIn && { checkedInAt: iso(checkIn.at), checkedInBy: checkIn.by }),
      look: look.map((item, index) => {
        const answer = checkIn?.looks[index];
        return { ...item, ...(answer && { ...answer, at: iso(answer.at) }) };
      }),
    };
  }),
});

export const bagCountView = (
  { day, place, by, at, bags, note }: BagCount,
  nameOf: NameOf,
  placeName: NameOf,
): BagCountView => ({
  day,
  place,
  name: placeName(place),
  by,
  byName: nameOf(by),
  at: iso(at),
  bags,
  ...(note !== undefined && { note }),
});
