// What became of passwords that were shown, by number alone: a flood of guesses writes no line of its own.
export const SIGN_IN_RESULTS = ['right', 'wrong', 'turned-away', 'busy'] as const;
/** `turned-away`: too soon after wrong ones, and not looked at. `busy`: too many at once. */
export type SignInResult = (typeof SIGN_IN_RESULTS)[number];
export type SignInCounts = Readonly<Record<SignInResult, number>>;

export interface SignInTally {
  count(result: SignInResult): void;
  /** Since the start of the process. */
  counts(): SignInCounts;
}

export function createSignInTally(): SignInTally {
  const counts = { right: 0, wrong: 0, 'turned-away': 0, busy: 0 };
  return {
    count(result) {
      counts[result] += 1;
    },
    counts: () => ({ ...counts }),
  };
}
