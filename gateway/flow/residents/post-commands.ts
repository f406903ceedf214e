// What is done to the notice board: an entry is put, changed, withdrawn. Who may, the routes say; here
// is whether it can be: days that are days and lie ahead, a place that there is, a title of one line.
import type { Answer } from '../../api/desk.ts';
import type { Compound } from '../../domain/asset.ts';
import { isLocalDay, siteDays, type LocalDay } from '../../domain/day.ts';
import { TITLE_LENGTH, WORDS_LENGTH, type Post, type PostWords } from '../../domain/post.ts';
import type { Building } from '../../domain/work.ts';
import {
  accept,
  refuse,
  writeCommand,
  type Ask,
  type CommandParts,
  type Refusal,
} from '../command.ts';

/** Where an entry may be. */
export interface PostPlaces {
  readonly compound: Pick<Compound, 'place' | 'stations'>;
  readonly buildings: ReadonlyMap<string, Building>;
}

export interface PostAsk {
  readonly id: string;
  readonly actor: Ask['actor'];
  readonly places: PostPlaces;
  /** Absent: it is withdrawn. */
  readonly words?: PostWords;
  /** A new one; else there has to be one by this id. */
  readonly isNew?: true;
  /** What the caller saw; absent where the caller does not mind. */
  readonly version?: number;
}

export async function postAction(parts: CommandParts, ask: PostAsk): Promise<Answer<Post>> {
  const { id, words, actor } = ask;
  const known = parts.standing.posts.get(id);
  const today = siteDays(ask.places.compound.place).at(parts.clock.now()).day;
  const refusal = staleRefusal(ask, known) ?? (words && wordsRefusal(words, ask.places, today));
  if (refusal) return refusal;
  if (!words) {
    await writeCommand(parts, { on: 'post', id, action: 'withdraw', actor, body: {} });
    return known ? accept({ ...known, state: 'withdrawn' }) : gone(id);
  }
  await writeCommand(parts, { on: 'post', id, action: 'put', actor, body: { ...words } });
  const after = parts.standing.posts.get(id);
  return after ? accept(after) : gone(id);
}

const gone = (id: string): Refusal =>
  refuse(404, 'No such entry', `entry ${id} is not on the board; it may be over or withdrawn`);

function staleRefusal(
  { id, isNew, version }: PostAsk,
  known: Post | undefined,
): Refusal | undefined {
  if (!known) return isNew ? undefined : gone(id);
  return version === undefined || version === known.version
    ? undefined
    : refuse(409, 'Somebody was first', `entry ${id} is at version ${known.version}; look again`);
}

function wordsRefusal(
  { title, words, place, from, to }: PostWords,
  { compound, buildings }: PostPlaces,
  today: LocalDay,
): Refusal | undefined {
  if (title.trim() === '' || title.length > TITLE_LENGTH || /\p{Cc}/u.test(title))
    return not('Not a title', `a title is one line of 1–${TITLE_LENGTH} characters`);
  if (words.length > WORDS_LENGTH || /(?![\n\t])\p{Cc}/u.test(words))
    return not('Not to be read', `words are text of at most ${WORDS_LENGTH} characters`);
  if (place !== undefined && !compound.stations.has(place) && !buildings.has(place))
    return not('No such place', `there is no station or building ${place}`);
  const odd = [from, to].find((day) => day !== undefined && !isLocalDay(day));
  if (odd !== undefined) return not('No such day', `${String(odd)} is no date`);
  if (from !== undefined && to !== undefined && to < from)
    return not('The wrong way round', `it would end on ${to}, before it begins on ${from}`);
  if (to !== undefined && to < today)
    return not('Over already', `its last day, ${to}, is past; today is ${today}`);
  return undefined;
}

const not = (title: string, detail: string): Refusal => refuse(422, title, detail);
