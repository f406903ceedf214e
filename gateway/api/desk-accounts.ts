// What the API needs to know who asks, and to keep the book of who may. The accounts fulfil it.
import type { Actor, Answer } from './desk.ts';
import type {
  DisplayCodeView,
  FirstPerson,
  NewKey,
  NewKeyView,
  NewPerson,
  PersonChange,
  PersonView,
  SessionView,
  TokenView,
} from './schemas-accounts.ts';

/** What a request shows of itself. */
export interface Shown {
  /** The cookie’s, or the bearer’s. */
  readonly token?: string;
  /** Where it comes from: as the socket says, or a proxy that the site file trusts. */
  readonly address: string;
  /** It came by way of a proxy or a tunnel: it is not of this machine, whatever its socket says. */
  readonly relayed?: true;
  /** The browser’s own words for itself. */
  readonly agent?: string;
}

/** Somebody who came in: what they ask with from now on, and how they stand. */
export interface Entered {
  /** Goes into the cookie and nowhere else. */
  readonly token: string;
  readonly session: Session;
}

/** Without what the API adds: the operations that the role may ask for. */
export type Session = Omit<SessionView, 'may'>;

export interface AccountsDesk {
  /** Who asks. Cheap, and never refuses: who shows nothing that opens is nobody. */
  whoIs(shown: Shown): Actor;
  /** Whether the actor of a stream is still who they were, in the same role. */
  isStill(actor: Actor): boolean;
  session(actor: Actor): Session;
  /** Makes the admin where there is nobody yet. */
  firstPerson(ask: FirstPerson & { readonly shown: Shown }): Promise<Answer<Entered>>;
  /** Ends the session that came with it, where one did. */
  signIn(ask: {
    readonly name: string;
    readonly password: string;
    readonly shown: Shown;
  }): Promise<Answer<Entered>>;
  signOut(actor: Actor): Promise<void>;
  people(): PersonView[];
  addPerson(ask: { readonly body: NewPerson; readonly actor: Actor }): Promise<Answer<PersonView>>;
  changePerson(ask: {
    readonly id: string;
    readonly body: PersonChange;
    readonly actor: Actor;
  }): Promise<Answer<PersonView>>;
  /** Disabling ends all that the person comes in with, at once. */
  setPersonState(ask: {
    readonly id: string;
    readonly state: 'active' | 'disabled';
    readonly actor: Actor;
  }): Promise<Answer<PersonView>>;
  /** One’s own with the old one, and a new session; another’s is an admin’s to reset. */
  setPassword(ask: {
    readonly id: string;
    readonly password: string;
    readonly old?: string;
    readonly actor: Actor;
    readonly shown: Shown;
  }): Promise<Answer<{ readonly person: PersonView; readonly entered?: Entered }>>;
  tokens(ask: { readonly of: 'mine' | 'all'; readonly actor: Actor }): Answer<TokenView[]>;
  endToken(ask: { readonly id: string; readonly actor: Actor }): Promise<Answer<TokenView>>;
  makeKey(ask: { readonly body: NewKey; readonly actor: Actor }): Promise<Answer<NewKeyView>>;
  displayCode(shown: Shown): Answer<DisplayCodeView>;
  pairDisplay(ask: {
    readonly code: string;
    readonly station: string;
    readonly name?: string;
    readonly actor: Actor;
  }): Promise<Answer<TokenView>>;
  /** The token comes once. */
  pairing(
    ticket: string,
  ): Answer<
    { readonly state: 'waiting' } | { readonly state: 'paired'; readonly entered: Entered }
  >;
}
