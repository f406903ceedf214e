// The notice board and the labels of the small compound, filled by hand.
import type { LabelsDesk } from '../../gateway/api/desk-labels.ts';
import type { Answer } from '../../gateway/api/desk.ts';
import type { PostsDesk } from '../../gateway/api/desk-posts.ts';
import type { LabelsView, PostView } from '../../gateway/api/schemas.ts';

export interface HandBoard extends PostsDesk, LabelsDesk {
  putLabels(labels: Partial<LabelsView>): void;
  /** What is asked of the board is refused with these words from now on. */
  refusePosts(detail: string): void;
}

const gone = (id: string): Answer<never> => ({
  ok: false,
  status: 404,
  title: 'No such entry',
  detail: `entry ${id} is not on the board; it may be over or withdrawn`,
});

const LABELS: LabelsView = {
  site: '绿苑小区',
  contact: { phone: '021-5555 0100' },
  warnings: [],
  labels: [
    { code: 'k1', kind: 'station', name: '1号投放点', link: 'https://luyuan.example/r/k1' },
    {
      code: 'lamp-01',
      kind: 'lamp',
      name: '1号庭院灯',
      link: 'https://luyuan.example/r/lamp-01',
      within: { id: 'c1', name: '东路灯回路' },
    },
  ],
};

export function handBoard(): HandBoard {
  const posts = new Map<string, PostView>();
  let labels = LABELS;
  let refusal: Answer<PostView> | undefined;
  const after = (id: string, change: (post: PostView) => PostView): Answer<PostView> => {
    const known = posts.get(id);
    if (!known || known.state !== 'published') return gone(id);
    const post = { ...change(known), version: known.version + 1 };
    posts.set(id, post);
    return { ok: true, value: post };
  };
  return {
    putLabels: (change) => void (labels = { ...labels, ...change }),
    refusePosts: (detail) => {
      refusal = { ok: false, status: 422, title: 'Not now', detail };
    },
    labels: () => labels,
    posts: async ({ state, station, limit = 500, offset = 0 }) =>
      [...posts.values()]
        .filter((post) => state === 'all' || post.state === 'published')
        .filter(({ place }) => station === undefined || place === undefined || place === station)
        .slice(offset, offset + limit),
    postsFor: (code) =>
      [...posts.values()]
        .filter(({ place, state }) => state === 'published' && [undefined, code].includes(place))
        .map(({ kind, title, words }) => ({ kind, title, words })),
    async addPost({ body, actor, key }) {
      if (refusal) return refusal;
      const id = `P${key ?? posts.size + 1}`;
      const known = posts.get(id);
      if (known) return { ok: true, value: known };
      const at = '2026-11-20T02:00:00.000Z';
      const post: PostView = { id, ...body, by: actor.by, at, version: 1, state: 'published' };
      posts.set(id, post);
      return { ok: true, value: post };
    },
    changePost: async ({ id, body, actor }) =>
      after(id, ({ by, at, version, state }) => ({
        id,
        ...body,
        ...(by !== undefined && { by }),
        at,
        version,
        state,
        changedBy: actor.by,
      })),
    withdrawPost: async ({ id }) => after(id, (post) => ({ ...post, state: 'withdrawn' })),
  };
}
