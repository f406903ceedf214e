// Why something was not done, in one sentence for whoever asked for it: the gateway's own words where
// it has some, and ours where it could not be heard, or where the role is the reason.
import type { Outcome } from './gateway.ts';
import type { Standing } from './standing.ts';
import { wordFor, type Words } from './words.ts';

type Failed = Extract<Outcome<unknown>, { ok: false }>;

export function refusalText(failed: Failed, standing: Standing, words: Words): string {
  const { account } = words.people;
  switch (failed.status) {
    case 0:
      return words.engineer.offlineNow;
    case 401:
      return account.ended;
    case 403: {
      const own = roleOf(standing, words);
      if (failed.roles) return account.needed(rolesText(failed.roles, words), own);
      return [account.denied(own), failed.detail].join(' ').trim();
    }
    default:
      return [words.engineer.failed, failed.detail || failed.title].filter(Boolean).join(' · ');
  }
}

export const rolesText = (roles: readonly string[], words: Words): string =>
  roles.map((role) => wordFor(words.role, role)).join(words.people.separator);

function roleOf(standing: Standing, words: Words): string {
  const isKnown = standing.state === 'in' || standing.state === 'ended';
  return isKnown ? wordFor(words.role, standing.who.role) : '';
}
