// What was heard and not taken, with its bytes; and what was taken and cannot be delivered.
import type { DeadLetterView, RejectionView } from '../../gateway/api/schemas.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { wordFor } from '../shared/words.ts';
import type { Sight } from './sight.ts';

export interface PartProps {
  /** Asked again when it changes. */
  readonly round: number;
  readonly sight: Sight;
}

export function Rejections({ round, sight }: PartProps) {
  const { words, format, now } = sight;
  const asked = useAsked<RejectionView[]>('/api/v1/intake/rejections?limit=20', round);
  return (
    <section>
      <h2 class="section section--small">{words.intake.latest}</h2>
      {asked && !asked.ok && <Failure words={words} title={asked.title} detail={asked.detail} />}
      {asked?.ok && asked.value.length === 0 && <Quiet what={words.intake.noRejections} />}
      <ul class="rejections">
        {(asked?.ok ? asked.value : []).map((one, place) => (
          <li key={`${one.at}/${place}`} class="rejection">
            <p class="rejection__head">
              <b>{wordFor(words.reason, one.reason)}</b> ·{' '}
              {one.device ?? one.source ?? words.unknown} · {format.since(Date.parse(one.at), now)}
            </p>
            {one.detail && <p class="rejection__detail">{one.detail}</p>}
            {one.rawHex && <Bytes hex={one.rawHex} label={words.intake.bytes} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

const PRINTABLE = /^[\x20-\x7e]$/;

/** The bytes in pairs, and as text where they are text. */
function Bytes({ hex, label }: { hex: string; label: string }) {
  const pairs = hex.match(/../g) ?? [];
  const text = pairs
    .map((pair) => String.fromCharCode(Number.parseInt(pair, 16)))
    .map((letter) => (PRINTABLE.test(letter) ? letter : '·'))
    .join('');
  return (
    <div class="bytes" role="group" aria-label={label} tabIndex={0}>
      <code>{text}</code>
      <code>{pairs.join(' ')}</code>
    </div>
  );
}

export function DeadLetters({ round, sight: { words, format, now } }: PartProps) {
  const asked = useAsked<DeadLetterView[]>('/api/v1/intake/dead-letters?limit=20', round);
  return (
    <section>
      <h2 class="section section--small">{words.intake.deadLetters}</h2>
      {asked && !asked.ok && <Failure words={words} title={asked.title} detail={asked.detail} />}
      {asked?.ok && asked.value.length === 0 && <Quiet what={words.intake.noDeadLetters} />}
      <ul class="rejections">
        {(asked?.ok ? asked.value : []).map((letter) => (
          <li key={`${letter.follower}/${letter.sequence}`} class="rejection">
            <p class="rejection__head">
              <b>{letter.follower}</b> · #{letter.sequence} ·{' '}
              {format.since(Date.parse(letter.at), now)}
            </p>
            <p class="rejection__detail">{letter.words}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
