// The strip on which somebody says that they emptied a bin: one button, then what came of it. It keeps
// its height in every state, so that nothing round it moves under a finger.
import type { Format } from './format.ts';
import { secondsLeft, steady, tapShown, type Tap } from './taps.ts';
import { wordFor, type Words } from './words.ts';

interface TapStripProps {
  /** As people call it, for who cannot see where the button stands. */
  readonly bin: string;
  /** When it was emptied last, under the button's word. */
  readonly last?: string;
  readonly tap: Tap | undefined;
  readonly reachable: 'yes' | 'no';
  readonly words: Words;
  readonly format: Format;
  readonly onTap: () => void;
  readonly onTakeBack: () => void;
}

export function TapStrip(props: TapStripProps) {
  const { words, format } = props;
  const say = words.onSite;
  const tap = tapShown(props.tap, steady());
  if (!tap) return <Free {...props} />;
  if (tap.state === 'telling')
    return (
      <p class="tap" role="status">
        <span class="tap__said">{say.tapping}</span>
      </p>
    );
  if (tap.state === 'refused')
    return (
      <p class="tap tap--refused" role="alert">
        <span class="tap__said">✕ {whyNot(tap, words)}</span>
      </p>
    );
  if (tap.state === 'taken-back')
    return (
      <p class="tap" role="status">
        <span class="tap__said">⟲ {say.takenBack}</span>
      </p>
    );
  const left = tap.state === 'told' ? words.time.seconds(secondsLeft(tap.until, steady())) : '';
  return (
    <div class="tap tap--told">
      <span class="tap__said" role="status">
        ✓ {say.tapped(format.clock(tap.at))}
      </span>
      <button
        type="button"
        class="tap__button tap__button--back"
        disabled={tap.state === 'taking-back'}
        onClick={props.onTakeBack}
      >
        {say.takeBack(left)}
      </button>
    </div>
  );
}

function Free({ bin, last, reachable, words, onTap }: TapStripProps) {
  const say = words.onSite;
  return (
    <div class="tap">
      <button type="button" class="tap__button" disabled={reachable === 'no'} onClick={onTap}>
        <span class="tap__word">
          <span aria-hidden="true">✓ </span>
          {say.tap}
          <span class="unseen">{say.tapOf(bin)}</span>
        </span>
        {last !== undefined && <span class="tap__last">{last}</span>}
      </button>
    </div>
  );
}

function whyNot({ what, why }: Extract<Tap, { state: 'refused' }>, words: Words): string {
  const say = words.onSite;
  if (why.status === 0) return what === 'tap' ? say.cutOff : say.cutOffBack;
  const known = wordFor(say.refused, why.title);
  if (known !== why.title) return known;
  const began = what === 'tap' ? words.engineer.failed : say.notTakenBack;
  return [began, why.detail || why.title].filter(Boolean).join(' · ');
}
