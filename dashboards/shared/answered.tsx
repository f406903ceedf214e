import type { ComponentChildren } from 'preact';
import { Failure, Quiet } from './quiet.tsx';
import type { Words } from './words.ts';
import type { Kept } from './use-kept.ts';

interface AnsweredProps<T> {
  readonly asked: Kept<T>;
  readonly words: Words;
  readonly retry: () => void;
  readonly children: (value: T) => ComponentChildren;
}

/** Not there yet, refused, or there. */
export function Answered<T>({ asked, words, retry, children }: AnsweredProps<T>) {
  const { value, failure } = asked;
  if (failure)
    return <Failure words={words} title={failure.title} detail={failure.detail} retry={retry} />;
  if (value === undefined) return <Quiet what={words.loading} />;
  return <>{children(value)}</>;
}
