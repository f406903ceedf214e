// What the API and the residents' pages ask of the notice board.
import type { PostKind, PostWords } from '../domain/post.ts';
import type { Actor, Answer } from './desk.ts';
import type { PostView } from './schemas-posts.ts';

/** An entry as anybody may read it. */
export interface PostLine {
  readonly kind: PostKind;
  readonly title: string;
  readonly words: string;
  readonly from?: string;
  readonly to?: string;
}

export interface PostsDesk {
  /** Current and newest first by their days; `all`: also what is over or withdrawn, the newest first. */
  posts(query: {
    readonly state: 'current' | 'all';
    /** Only of the whole compound and of this station and its building. */
    readonly station?: string;
    readonly limit?: number;
    readonly offset?: number;
  }): Promise<PostView[]>;
  /** @param spotCode a printed code; what is current there and in the whole compound */
  postsFor(spotCode: string): readonly PostLine[];
  addPost(ask: {
    readonly body: PostWords;
    readonly actor: Actor;
    /** The same attempt has the same key, and is one entry. */
    readonly key?: string;
  }): Promise<Answer<PostView>>;
  changePost(ask: {
    readonly id: string;
    readonly body: PostWords;
    readonly actor: Actor;
    readonly version?: number;
  }): Promise<Answer<PostView>>;
  withdrawPost(ask: {
    readonly id: string;
    readonly actor: Actor;
    readonly version?: number;
  }): Promise<Answer<PostView>>;
}
