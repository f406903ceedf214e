// The notice board in the fold: what is current lies in a slice, and everything that was ever on it
// among the happenings. An entry leaves by itself when its last day is over, by the agenda.
// Promise: pure; a restart on any day leaves the same entries on the board.
import type { Compound } from '../../domain/asset.ts';
import { siteDays } from '../../domain/day.ts';
import { isCurrent, type Post, type PostWords } from '../../domain/post.ts';
import type { CommandEntry } from '../../domain/record.ts';
import type { Standing } from '../../domain/standing.ts';
import type { Instant } from '../../domain/time.ts';

export interface Posting {
  obey(command: CommandEntry): void;
  /** Whether this key of the agenda was a post's, which then has been seen to. */
  due(key: string, at: Instant): boolean;
  /** Waits again for the last days of a saved standing. */
  arm(): void;
}

const KEY = 'post:';

export function createPosting({ place }: Pick<Compound, 'place'>, standing: Standing): Posting {
  const { posts, agenda } = standing;
  const days = siteDays(place);
  const waitFor = ({ id, to }: Post): void =>
    agenda.set(`${KEY}${id}`, to === undefined ? undefined : days.span(to).end);
  const keep = (post: Post): void => {
    const { id, at, place: where } = post;
    standing.keep({
      kind: 'post',
      id,
      at,
      day: days.at(at).day,
      ...(where !== undefined && { place: where }),
      body: { ...post },
    });
  };
  const drop = (id: string): void => {
    posts.drop(id);
    agenda.set(`${KEY}${id}`, undefined);
  };
  return {
    obey(command) {
      const { id = '', action, receivedAt: at } = command;
      const known = posts.get(id);
      if (action === 'put') {
        const post = written(command, known);
        keep(post);
        // A day that was over before it was written down: it was, and is not on the board.
        if (!isCurrent(post, days.at(at).day)) return drop(id);
        posts.put(id, post);
        waitFor(post);
      } else if (action === 'withdraw' && known) {
        keep({ ...changed(known, command), state: 'withdrawn' });
        drop(id);
      }
    },
    due(key, at) {
      if (!key.startsWith(KEY)) return false;
      const id = key.slice(KEY.length);
      const post = posts.get(id);
      if (!post) return true;
      if (isCurrent(post, days.at(at).day)) waitFor(post);
      else posts.drop(id);
      return true;
    },
    arm() {
      for (const [, post] of posts.all()) waitFor(post);
    },
  };
}

function written(command: CommandEntry, known: Post | undefined): Post {
  const { id = '', by, receivedAt: at, body } = command;
  const said = body as unknown as PostWords;
  const { kind, title, words, place, from, to } = said;
  return {
    id,
    kind,
    title,
    words,
    ...(place !== undefined && { place }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(known ? changesOf(changed(known, command)) : { by, at, version: 1 }),
    state: 'published',
  };
}

const changed = (post: Post, { by, receivedAt }: CommandEntry): Post => ({
  ...post,
  changedBy: by,
  changedAt: receivedAt,
  version: post.version + 1,
});

const changesOf = ({ by, at, changedBy, changedAt, version }: Post) => ({
  by,
  at,
  version,
  ...(changedBy !== undefined && { changedBy }),
  ...(changedAt !== undefined && { changedAt }),
});
