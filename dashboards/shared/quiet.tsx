// What a screen shows where there is nothing to show: it says why, and what can be done next.
import type { ComponentChildren } from 'preact';
import type { Words } from './words.ts';

interface QuietProps {
  readonly what: string;
  readonly next?: string | undefined;
  readonly children?: ComponentChildren;
}

export function Quiet({ what, next, children }: QuietProps) {
  return (
    <div class="quiet" role="status">
      <p class="quiet__what">{what}</p>
      {next && <p>{next}</p>}
      {children}
    </div>
  );
}

interface FailureProps {
  readonly words: Words;
  readonly title: string;
  readonly detail: string;
  readonly retry?: () => void;
}

export function Failure({ words, title, detail, retry }: FailureProps) {
  return (
    <div class="quiet" role="alert">
      <p class="quiet__what">{title || words.engineer.failed}</p>
      {detail && <p>{detail}</p>}
      {retry && (
        <button type="button" class="button" onClick={retry}>
          {words.retry}
        </button>
      )}
    </div>
  );
}
