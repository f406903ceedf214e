// Where to go once someone has signed in: the path they came from, if it is one of our own pages.
// Anything else (another site, `//host`, the sign-in page itself) leads to the start, so that no
// link can use our sign-in page to send people elsewhere.

/** No backslash and nothing that cannot be seen: browsers read both in ways of their own. */
const OUR_PATH = /^\/(?![/\\])[^\\\p{Cc}\s]*$/u;
const NO_RETURN = /^\/(?:signin|api)(?:[/?#]|$)/;

export function returnPath(wanted: string | null, origin: string): string {
  if (wanted === null || !OUR_PATH.test(wanted) || NO_RETURN.test(wanted)) return '/';
  const url = new URL(wanted, origin);
  return url.origin === origin ? url.pathname + url.search + url.hash : '/';
}

/** The sign-in page's address, with the way back. */
export function signInPath(from: { pathname: string; search: string }): string {
  const query = new URLSearchParams();
  if (from.pathname !== '/' || from.search !== '') query.set('to', from.pathname + from.search);
  if (new URLSearchParams(from.search).get('lang') === 'en') query.set('lang', 'en');
  const text = query.toString();
  return text === '' ? '/signin' : `/signin?${text}`;
}
