// How a telephone number goes into the log: sealed, so that it can be forgotten though the log cannot.

export interface Phones {
  seal(number: string): string;
  /** Undefined where its key is gone. */
  open(sealed: string): string | undefined;
}

/** As it is; where nothing is kept beyond the test that asks. */
export const UNSEALED: Phones = { seal: (number) => number, open: (sealed) => sealed };
