// One bin, readable from the door: its painted number, its stream, how full, what is wrong. A
// normal bin says nothing and is grey; a full one turns the whole tile over.
import type { ComponentChildren } from 'preact';
import { Cue } from '../shared/cue.tsx';
import { FillBar } from '../shared/fill-bar.tsx';
import type { Format } from '../shared/format.ts';
import { StreamChip } from '../shared/stream-chip.tsx';
import { whenFull } from '../shared/when-full.ts';
import type { Words } from '../shared/words.ts';
import type { BinFace, ShownValue } from './bin-face.ts';
import type { Speech } from './voice.ts';

interface TileProps {
  readonly face: BinFace;
  /** By the gateway's clock. */
  readonly now: number;
  readonly format: Format;
  readonly speech: Speech;
  /** Where somebody says that they emptied it. */
  readonly children?: ComponentChildren;
}

export function Tile({ face, now, format, speech, children }: TileProps) {
  const { words, subtitle } = speech;
  const stale = face.state === 'offline' || face.state === 'unknown';
  const looks = [
    'tile',
    `tile--${face.state}`,
    stale ? 'hatched' : '',
    subtitle ? 'tile--both' : '',
    face.isCalling && face.state === 'full' ? 'tile--calling' : '',
  ];
  const quantity = words.quantity.fill;
  const fill = format.value('fill', face.fill?.value);
  return (
    <article class={looks.filter(Boolean).join(' ')} aria-label={face.name} data-bin={face.id}>
      <header class="tile__head">
        <span class="tile__position">{face.position ?? face.name}</span>
        {face.stream && <StreamChip stream={face.stream} word={words.stream[face.stream]} />}
        {face.stream && subtitle && (
          <span class="subtitle tile__stream">{subtitle.stream[face.stream]}</span>
        )}
      </header>
      <FillBar
        fill={face.fill?.value}
        limit={face.limit}
        state={stale ? 'stale' : face.state}
        label={`${quantity} ${stale ? words.last(fill) : fill}`}
      />
      <Word face={face} speech={speech} />
      <Values face={face} format={format} speech={speech} />
      <HowItFills face={face} now={now} format={format} words={words} />
      {children}
    </article>
  );
}

/** The big word; none where all is well. */
function Word({ face, speech }: Pick<TileProps, 'face' | 'speech'>) {
  if (face.state === 'normal') return <p class="tile__word" />;
  return (
    <p class="tile__word">
      <Cue of={face.state} look="plain">
        {stateWord(face.state, speech.words)}
      </Cue>
      {speech.subtitle && <span class="subtitle">{stateWord(face.state, speech.subtitle)}</span>}
    </p>
  );
}

const stateWord = (state: BinFace['state'], { state: states, onSite }: Words): string =>
  state === 'out' ? onSite.out : states[state];

function Values({ face, format, speech }: Omit<TileProps, 'now'>) {
  const { words } = speech;
  const shown = [face.fill, face.net].filter((value) => value !== undefined);
  if (shown.length === 0)
    return (
      <div class="tile__values">
        <p class="value value--unknown">
          <span class="value__number">{words.unknown}</span>
          <span class="value__age">{words.link.neverHeard}</span>
        </p>
      </div>
    );
  return (
    <div class="tile__values">
      {shown.map((value) => (
        <Value key={value.quantity} value={value} format={format} speech={speech} />
      ))}
      {face.state === 'offline' && (
        <p class="tile__silence">{words.link.silentFor(format.duration(newest(shown)))}</p>
      )}
    </div>
  );
}

interface HowItFillsProps extends Pick<TileProps, 'face' | 'now' | 'format'> {
  readonly words: Words;
}

/** The third line: that it was passed over, or when it will be full; and when it was emptied last. */
function HowItFills({ face, now, format, words }: HowItFillsProps) {
  const { forecast, missedBy, collectedAt } = face;
  const say = words.onSite;
  const when = whenFull(forecast, { words, format, now });
  return (
    <p class="tile__fills">
      {missedBy !== undefined && (
        <span class="tile__missed">{say.missed(format.moment(missedBy, now))}</span>
      )}
      {missedBy === undefined && when !== undefined && <span class="tile__due">{when}</span>}
      {collectedAt !== undefined && (
        <span class="tile__collected">{say.lastCollected(format.moment(collectedAt, now))}</span>
      )}
    </p>
  );
}

function Value({
  value,
  format,
  speech,
}: Pick<TileProps, 'format' | 'speech'> & { value: ShownValue }) {
  const { words } = speech;
  const text = format.value(value.quantity, value.value);
  const age = format.age(value.ageS);
  const isOld = value.freshness === 'stale';
  return (
    <p class={`value value--${value.freshness}`} data-quantity={value.quantity}>
      <span class="value__number">{isOld ? words.last(text) : text}</span>
      <span class="value__age">
        {isOld ? words.at(format.clock(value.observedAt), age) : age}
        {value.doubted && ` · ${words.doubted}`}
      </span>
    </p>
  );
}

const newest = (values: readonly ShownValue[]): number =>
  Math.min(...values.map((value) => value.ageS));
