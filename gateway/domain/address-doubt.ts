// What may keep a resident's phone from reaching the gateway by a code that is printed once and hangs
// on a wall for years. Each doubt is one reason; the words for it are said by whoever shows it.

export const ADDRESS_DOUBTS = [
  'no-address',
  'loopback',
  'private',
  'bare-name',
  'house-name',
  'plain-http',
  'elsewhere',
  'has-path',
  'long',
  'no-phone',
] as const;

export interface AddressDoubt {
  readonly reason: (typeof ADDRESS_DOUBTS)[number];
  /** The host that codes would lead to. */
  readonly host?: string;
  /** `elsewhere`: where the gateway listens. */
  readonly listens?: string;
  /** What is wrong and what to do, in English, for a terminal. */
  readonly words: string;
}
