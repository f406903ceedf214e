// The way out over HTTP, as the app gives it: it follows no redirect, reads no more than the beginning
// of an answer, ends within the time limit and looks names up as it may.
import type { Duration } from '../domain/time.ts';

export interface Post {
  /** Rejects with why there is no answer, in words. */
  post(posting: {
    readonly url: URL;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly timeout: Duration;
  }): Promise<PostAnswer>;
  close(): void;
}

export interface PostAnswer {
  readonly status: number;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** No more than its beginning. */
  readonly body: string;
  readonly retryAfter?: Duration;
}
