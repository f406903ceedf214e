import { useState } from 'preact/hooks';
import { setQuery } from '../shared/language.ts';

/** One of `options`, kept in the address so that a link carries it; the usual one where it says none. */
export function useQuery<O extends string>(
  name: string,
  options: readonly O[],
  usual: O,
): [O, (next: O) => void] {
  const [said, setSaid] = useState(() => new URLSearchParams(location.search).get(name));
  const choose = (next: O): void => {
    setSaid(next);
    setQuery(name, next === usual ? undefined : next);
  };
  return [options.find((option) => option === said) ?? usual, choose];
}
