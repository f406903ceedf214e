// What the API needs to show what is told to people, and to let them decide what is stuck.
import type { Actor, Answer } from './desk.ts';
import type { NoticeView, ReachesView, ReachView, TellingView } from './schemas-notices.ts';

export interface NoticesDesk {
  /** Newest first. */
  notices(state: NoticeView['state']): Promise<NoticeView[]>;
  telling(): TellingView;
  /** Sends it now, whatever it waits for; one that was given up, once more. */
  retryNotice(ask: { readonly id: string; readonly actor: Actor }): Promise<Answer<NoticeView>>;
  /** Of oneself; a manager's or an admin's to ask of anybody. */
  reach(ask: { readonly id: string; readonly actor: Actor }): Answer<ReachesView>;
  setReach(ask: {
    readonly id: string;
    readonly reach: readonly ReachView[];
    readonly actor: Actor;
  }): Promise<Answer<ReachesView>>;
  dropNotice(ask: {
    readonly id: string;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<Answer<NoticeView>>;
}
