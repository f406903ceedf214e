// What the joint meeting hears beside tickets: suggestions, and what was thrown in out of hours. Whom the
// neighbourhood speaks to about it, this does not know: a deposit has no name.
import type { JointMeetingView } from '../../api/schemas.ts';
import type { Station } from '../../domain/asset.ts';
import type { Happening, HappeningKind } from '../../domain/happening.ts';
import { openingHours } from '../../domain/opening-hours.ts';
import type { DaySpan } from '../day-span.ts';
import type { PatrolScene } from './patrol-desk.ts';

const PAGE = 1000;
/** A fortnight of a big compound; beyond it the figure would be told from less than all. */
const MOST_PAGES = 60;

async function allIn(
  { books }: Pick<PatrolScene, 'books'>,
  kind: HappeningKind,
  { span, place }: { readonly span: DaySpan; readonly place?: string },
): Promise<Happening[]> {
  const found: Happening[] = [];
  const query = { kind, from: span.start, to: span.end, ...(place !== undefined && { place }) };
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const some = await books.happenings({ ...query, limit: PAGE, offset: page * PAGE });
    found.push(...some);
    if (some.length < PAGE) break;
  }
  return found;
}

/** Deposits outside every drop-off window, by station; none is told of where there are no windows. */
export async function offHoursByStation(
  all: PatrolScene,
  span: DaySpan,
): Promise<JointMeetingView['offHours']> {
  const stations = [...all.scene.compound.stations.values()].filter(
    ({ windows }) => windows.length > 0,
  );
  const counted = await Promise.all(stations.map((station) => offHoursAt(all, station, span)));
  return counted
    .filter(({ deposits }) => deposits > 0)
    .sort((a, b) => b.deposits - a.deposits || (a.place < b.place ? -1 : 1));
}

async function offHoursAt(
  all: PatrolScene,
  { id, name, windows }: Station,
  span: DaySpan,
): Promise<JointMeetingView['offHours'][number]> {
  const hours = { spans: windows, holidays: 'as-weekdays' } as const;
  const openAt = openingHours(hours, all.scene.compound.place);
  const deposits = await allIn(all, 'deposit', { span, place: id });
  const outside = deposits.filter(({ at }) => !openAt(at).isOpen);
  return { place: id, name, deposits: outside.length, side: 'neighbourhood' };
}

/** Those on tickets that are in mind, and those that are only in the books by now. */
export async function suggestionsIn(
  all: PatrolScene,
  span: DaySpan,
): Promise<JointMeetingView['suggestions']> {
  const found = new Map<string, Told>();
  for (const { id, at, body } of await allIn(all, 'report', { span }))
    found.set(id, { ...body, at });
  for (const [id, report] of all.scene.standing.reports.all()) found.set(id, report);
  return [...found.values()]
    .filter(({ kind, at }) => kind === 'suggestion' && at >= span.start && at < span.end)
    .sort((a, b) => a.at - b.at)
    .map(({ at, place, words, ticket }) => ({
      at: new Date(at).toISOString(),
      place: wordsOf(place) ?? all.scene.compound.place.name,
      words: wordsOf(words) ?? '',
      ...(typeof ticket === 'string' && { ticket }),
      side: 'property',
    }));
}

/** A resident's report, of which no telephone number is ever read here. */
interface Told {
  readonly at: number;
  readonly kind?: unknown;
  readonly place?: unknown;
  readonly words?: unknown;
  readonly ticket?: unknown;
}

const wordsOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
