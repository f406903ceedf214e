// Bags counted, by day and place, and the counting of them. Who counts is asked for the day that it is
// here: what a phone sends after midnight is counted after midnight.
import type { Actor, Answer, PatrolsDesk } from '../../api/desk.ts';
import type { BagCountsView } from '../../api/schemas.ts';
import { bagCountId, keptBagCount, type BagCount } from '../../domain/bag-count.ts';
import { refuse } from '../command.ts';
import { spanOf, type DaySpan } from '../day-span.ts';
import type { PatrolScene } from './patrol-desk.ts';
import { bagCountView } from './round-view.ts';

/** @param places where bags may be counted, with what they are called */
export const createBagCountDesk = (
  all: PatrolScene,
  places: ReadonlyMap<string, string>,
): Pick<PatrolsDesk, 'bagCounts' | 'countBags'> => ({
  bagCounts: (query) => bagCounts(all, query),
  countBags: (ask) => countBags(all, places, ask),
});

const MOST_COUNTS = 5000;

export async function bagsIn(
  { books }: Pick<PatrolScene, 'books'>,
  { start, end }: DaySpan,
  place?: string,
): Promise<BagCount[]> {
  const where = place === undefined ? {} : { place };
  const query = { kind: 'bag-count', from: start, to: end, limit: MOST_COUNTS, ...where } as const;
  return (await books.happenings(query)).map(keptBagCount);
}

async function bagCounts(
  all: PatrolScene,
  { place, ...asked }: Parameters<PatrolsDesk['bagCounts']>[0],
): Promise<Answer<BagCountsView>> {
  const span = spanOf(all, asked);
  if (!span.ok) return span;
  const counts = await bagsIn(all, span.value, place);
  const { from, to } = span.value;
  const days = [...grouped(counts, ({ day, place }) => `${day}/${place}`).values()];
  return {
    ok: true,
    value: {
      from,
      to,
      bags: sumOf(counts),
      places: bagsByPlace(all, counts),
      days: days.map((group) => ({
        day: group[0]?.day ?? from,
        ...placeSum(all, group),
        counts: group.map((count) => bagCountView(count, all.nameOf, all.placeName)),
      })),
    },
  };
}

const sumOf = (counts: readonly BagCount[]): number =>
  counts.reduce((sum, { bags }) => sum + bags, 0);

const placeSum = ({ placeName }: Pick<PatrolScene, 'placeName'>, group: readonly BagCount[]) => {
  const place = group[0]?.place ?? '';
  return { place, name: placeName(place), bags: sumOf(group) };
};

/** Sums by place, the most first. */
export const bagsByPlace = (
  all: Pick<PatrolScene, 'placeName'>,
  counts: readonly BagCount[],
): BagCountsView['places'] =>
  [...grouped(counts, ({ place }) => place).values()]
    .map((group) => placeSum(all, group))
    .sort((a, b) => b.bags - a.bags || (a.place < b.place ? -1 : 1));

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

async function countBags(
  all: PatrolScene,
  names: ReadonlyMap<string, string>,
  ask: Parameters<PatrolsDesk['countBags']>[0],
): ReturnType<PatrolsDesk['countBags']> {
  const { place, ...body } = ask.body;
  const id = String(place);
  const known = ask.key === undefined ? undefined : await countOf(all, id, ask.actor);
  if (known?.key === undefined || known.key !== ask.key) {
    const asked = { id, hasPlace: (one: string) => names.has(one) };
    const answer = await all.commands.countBags(asked, { ...ask, action: 'count-bags', body });
    if (!answer.ok) return answer;
  }
  const count = await countOf(all, id, ask.actor);
  return count
    ? { ok: true, value: bagCountView(count, all.nameOf, all.placeName) }
    : refuse(409, 'A new day', 'the day ended as it was counted; look again');
}

/** What they have counted there today. */
async function countOf(
  { books, days, clock }: PatrolScene,
  place: string,
  { by }: Actor,
): Promise<BagCount | undefined> {
  const { day } = days.at(clock.now());
  const kept = await books.happening('bag-count', bagCountId({ day, place, by }));
  return kept && keptBagCount(kept);
}
