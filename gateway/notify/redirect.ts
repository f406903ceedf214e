// A redirect is not followed: it would carry what people wrote, and a robot's password, to wherever it
// points. Its host is told, for whoever has to mend the address; its path may hold a secret.
import type { PostAnswer } from './post.ts';

/** Undefined where the answer is no redirect. */
export function redirectWords({ status, headers }: PostAnswer): string | undefined {
  if (status < 300 || status > 399) return undefined;
  const { location = '' } = headers;
  const base = 'http://elsewhere.invalid';
  const host = URL.canParse(location, base) ? new URL(location, base).hostname : '';
  const where = host === '' || host === 'elsewhere.invalid' ? 'another page' : host.slice(0, 100);
  return `answered ${status}: it redirects to ${where}, and redirects are not followed`;
}
