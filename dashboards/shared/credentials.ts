// What the gateway asks of a sign-in name and a password, so that a form can say it while one types.
// The gateway decides; it also refuses the passwords that everybody uses.

export const LEAST_PASSWORD = 8;
export const MOST_PASSWORD = 256;
const NAME = /^[a-z0-9][a-z0-9._-]{1,31}$/;

export const isSignInName = (name: string): boolean => NAME.test(name);

export const PASSWORD_RULES = ['short', 'same'] as const;
export type PasswordRule = (typeof PASSWORD_RULES)[number];

/** Which rules what was typed, twice, does not keep yet. */
export function brokenRules(password: string, again: string): PasswordRule[] {
  const isShort = Array.from(password).length < LEAST_PASSWORD;
  const isOnce = password === '' || password !== again;
  return [...(isShort ? (['short'] as const) : []), ...(isOnce ? (['same'] as const) : [])];
}

/** No letters or digits that look alike: it is read from one screen and typed on another. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Four groups of four of 32 letters: 80 bits. */
export function suggestedPassword(random: Uint8Array): string {
  const letters = Array.from(random.slice(0, 16), (byte) => LETTERS[byte % LETTERS.length]);
  return [0, 4, 8, 12].map((start) => letters.slice(start, start + 4).join('')).join('-');
}
