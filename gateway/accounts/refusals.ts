// The words for what the accounts refuse.
import type { Answer } from '../api/desk.ts';

export type Refusal = Extract<Answer<never>, { ok: false }>;

export const refuse = (status: Refusal['status'], title: string, detail: string): Refusal => ({
  ok: false,
  status,
  title,
  detail,
});

export const accept = <T>(value: T): Answer<T> => ({ ok: true, value });

/** The same for a wrong name, a wrong password, and an account that is disabled. */
export const wrong = (): Refusal =>
  refuse(401, 'Not signed in', 'Name or password is wrong, or the account is disabled.');

export const tooSoon = (seconds: number): Refusal => ({
  ...refuse(429, 'Too many guesses', `Wait ${seconds} s before the next attempt.`),
  retryAfterS: seconds,
});

export const busy = (): Refusal =>
  refuse(503, 'Too many at once', 'Too many people sign in at this moment; try again shortly.');

export const weak = (why: string): Refusal =>
  refuse(422, 'Too easy to guess', `This password cannot be taken: ${why}.`);

export const nobodyBy = (id: string): Refusal =>
  refuse(404, 'No such person', `There is nobody by the name ${id}.`);
