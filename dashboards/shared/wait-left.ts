// How long one must still wait, counted down once a second by the clock that cannot be set.
import { useEffect, useState } from 'preact/hooks';

/** Whole seconds left of `waitS`, counted from the moment that it was given; 0 when it is over. */
export function useWaitLeft(waitS: number | undefined, round: number): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (waitS === undefined || waitS <= 0) {
      setLeft(0);
      return undefined;
    }
    const until = performance.now() + waitS * 1000;
    const count = (): void => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1000)));
    count();
    const timer = setInterval(count, 250);
    return () => clearInterval(timer);
  }, [waitS, round]);
  return left;
}
