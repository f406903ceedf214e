// The shapes that go with a state or a severity, fixed for ever: a person who sees no colour, or
// reads no word, still knows ▲ from ◆.
import type { ComponentChildren } from 'preact';

const SHAPES: Readonly<Record<string, string>> = {
  normal: '●',
  'near-full': '◆',
  full: '▲',
  offline: '⊘',
  stale: '⊘',
  fault: '✕',
  out: '⚙',
  unknown: '?',
  low: '◇',
  medium: '◆',
  high: '▲',
  up: '●',
  starting: '…',
  down: '⊘',
  behind: '◆',
};

interface CueProps {
  readonly of: string;
  readonly children?: ComponentChildren;
  readonly look: 'plain' | 'filled';
}

export function Cue({ of, children, look }: CueProps) {
  return (
    <span class={`cue cue--${of} cue--${look}`}>
      <span class="cue__shape" aria-hidden="true">
        {SHAPES[of] ?? '●'}
      </span>
      <span class="cue__word">{children}</span>
    </span>
  );
}
