// The digests by which two starts tell that the site file was changed in between, and where: one for
// each part, one for each rule. Secrets are left out before anything is hashed: the digest of a short
// password would be as good as the password.
import { createHash } from 'node:crypto';
import { canonical, withoutSecrets } from '../domain/audit.ts';
import type { Site } from './site.ts';

export function siteDigests(site: Site): Record<string, string> {
  const { compound, rules, file: _, ...rest } = site;
  const parts: [name: string, part: unknown][] = [
    ...Object.entries({ ...compound, ...rest }),
    ...rules.map((rule): [string, unknown] => [`rules/${rule.id}`, rule]),
  ];
  return Object.fromEntries(parts.map(([name, part]) => [name, digestOf(part)]));
}

const digestOf = (part: unknown): string =>
  createHash('sha256')
    .update(canonical(withoutSecrets(plain(part))))
    .digest('hex')
    .slice(0, 16);

/** `mqtt://user:password@host` */
const USER_IN_ADDRESS = /(?<=\/\/)[^/@\s]+@/;

/** Maps and sets as lists; what cannot be said in JSON (a function) says nothing. */
const plain = (part: unknown): unknown =>
  JSON.parse(
    JSON.stringify(part ?? null, (_name, value: unknown) => {
      if (typeof value === 'string') return value.replace(USER_IN_ADDRESS, '');
      return value instanceof Map || value instanceof Set ? [...value] : value;
    }),
  );
