// The notice board, as the API, the residents' pages and the stations' screens read it. What is current
// comes from the fold's slice, what was from the happenings.
import { createHash, randomUUID } from 'node:crypto';
import type { Answer, PostLine, PostsDesk } from '../../api/desk.ts';
import type { BoardLine, PostView } from '../../api/schemas.ts';
import type { Compound } from '../../domain/asset.ts';
import { siteDays, type LocalDay } from '../../domain/day.ts';
import { bySoonest, isCurrent, type Post } from '../../domain/post.ts';
import type { Standing } from '../../domain/standing.ts';
import type { Clock } from '../../domain/time.ts';
import { DEFAULT_WORK, type WorkSettings } from '../../domain/work.ts';
import type { Books } from '../../store/log.ts';
import type { Commands } from '../commands.ts';
import type { PostAsk } from './post-commands.ts';

interface PostDeskParts {
  readonly scene: { readonly compound: Compound; readonly standing: Standing };
  readonly books: Pick<Books, 'happenings' | 'happening'>;
  readonly commands: Pick<Commands, 'postAction'>;
  readonly clock: Clock;
  readonly work?: WorkSettings;
}

const MOST_LISTED = 500;
/** On one page of a phone, on one screen. */
const MOST_SHOWN = 6;

export function createPostDesk(parts: PostDeskParts): PostsDesk {
  const { scene, books, commands, work = DEFAULT_WORK } = parts;
  const { compound } = scene;
  const days = siteDays(compound.place);
  const today = (): LocalDay => days.at(parts.clock.now()).day;
  const names = { compound, buildings: work.buildings };
  const view = (post: Post): PostView => postView(post, { ...names, today: today() });
  const does = async (ask: Omit<PostAsk, 'places'>): Promise<Answer<PostView>> => {
    const answer = await commands.postAction({ ...ask, places: names });
    return answer.ok ? { ok: true, value: view(answer.value) } : answer;
  };
  return {
    async posts({ state, station, limit = MOST_LISTED, offset = 0 }) {
      if (state === 'current') {
        const here = station === undefined ? undefined : placesOf(compound, station);
        const current = currentPosts(scene.standing, today());
        return current
          .filter((post) => isHere(post, here))
          .map(view)
          .slice(offset, offset + limit);
      }
      const found = await books.happenings({ kind: 'post', limit, offset });
      return found.map(({ body }) => view(body as unknown as Post));
    },
    postsFor: (code) =>
      currentPosts(scene.standing, today())
        .filter((post) => isHere(post, placesOf(compound, code)))
        .slice(0, MOST_SHOWN)
        .map(lineOf),
    async addPost({ body, actor, key }) {
      const id = key === undefined ? `P${randomUUID()}` : idUnder(key, actor.by);
      const known = await books.happening('post', id);
      if (known) return { ok: true, value: view(known.body as unknown as Post) };
      return does({ id, actor, words: body, isNew: true });
    },
    changePost: ({ body, ...ask }) => does({ ...ask, words: body }),
    withdrawPost: (ask) => does(ask),
  };
}

/** The same attempt of the same person has the same name, and so is found again. */
const idUnder = (key: string, by: string): string =>
  `P${createHash('sha256').update(`${by}\n${key}`).digest('hex').slice(0, 32)}`;

const currentPosts = ({ posts }: Standing, today: LocalDay): Post[] =>
  [...posts.all()]
    .map(([, post]) => post)
    .filter((post) => isCurrent(post, today))
    .sort(bySoonest);

/** What is said of a place is said of the building that it stands in too. */
function placesOf({ stations, assets }: Compound, code: string): readonly string[] {
  const asset = assets.get(code);
  const around = asset?.kind === 'lamp' ? assets.get(asset.circuit) : asset;
  const building = stations.get(code)?.building ?? around?.building;
  return building === undefined ? [code] : [code, building];
}

const isHere = ({ place }: Post, here: readonly string[] | undefined): boolean =>
  here === undefined || place === undefined || here.includes(place);

/** For a station's screen; sooner ones first. */
export function boardOf(
  { compound, standing }: Pick<PostDeskParts['scene'], 'compound' | 'standing'>,
  station: string,
  today: LocalDay,
): BoardLine[] {
  const here = placesOf(compound, station);
  return currentPosts(standing, today)
    .filter((post) => isHere(post, here))
    .slice(0, MOST_SHOWN)
    .map(({ id, version, ...post }) => {
      const { words: _words, ...line } = lineOf(post);
      return { id, version, ...line };
    });
}

const lineOf = ({ kind, title, words, from, to }: Omit<Post, 'id' | 'version'>): PostLine => ({
  kind,
  title,
  words,
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
});

interface Names {
  readonly compound: Pick<Compound, 'stations'>;
  readonly buildings: WorkSettings['buildings'];
  readonly today: LocalDay;
}

function postView(post: Post, { compound, buildings, today }: Names): PostView {
  const { place, at, changedAt, state, ...said } = post;
  const named =
    place === undefined ? undefined : (compound.stations.get(place) ?? buildings.get(place));
  return {
    ...said,
    at: new Date(at).toISOString(),
    ...(place !== undefined && { place, placeName: named?.name ?? place }),
    ...(changedAt !== undefined && { changedAt: new Date(changedAt).toISOString() }),
    state: state === 'withdrawn' ? state : isCurrent(post, today) ? 'published' : 'over',
  };
}
