import { useEffect, useState } from 'preact/hooks';
import { ask, type Outcome } from './gateway.ts';

export type Asked<T> = Outcome<T> | undefined;

/**
 * What the gateway answers to `path`; undefined until the first answer. Asked again when the path
 * or `round` changes; where only the query moved on, the old answer stays until the new one comes.
 */
export function useAsked<T>(path: string | undefined, round = 0): Asked<T> {
  const [asked, setAsked] = useState<{ path: string; outcome: Outcome<T> }>();
  useEffect(() => {
    if (path === undefined) return undefined;
    let wanted = true;
    const fetchIt = async (): Promise<void> => {
      const outcome = await ask<T>(path);
      if (wanted) setAsked({ path, outcome });
    };
    void fetchIt();
    return () => {
      wanted = false;
    };
  }, [path, round]);
  return asked && thing(asked.path) === thing(path) ? asked.outcome : undefined;
}

const thing = (path: string | undefined): string | undefined => path?.split('?')[0];
