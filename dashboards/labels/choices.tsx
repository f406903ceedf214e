// What is to be printed: which kinds, how big, and whether each station has a sheet to itself.
import type { Words } from '../shared/words.ts';
import { KINDS, SIZES, type Choice, type Kind } from './sheets.ts';

interface ChoicesProps {
  readonly choice: Choice;
  readonly words: Words;
  readonly onChoice: (choice: Choice) => void;
}

export function Choices({ choice, words, onChoice }: ChoicesProps) {
  const say = words.labels;
  const toggled = (kind: Kind): Kind[] =>
    KINDS.filter((one) => choice.kinds.includes(one) !== (one === kind));
  return (
    <form class="choices" onSubmit={(event) => event.preventDefault()}>
      <fieldset class="choices__group">
        <legend>{say.kinds}</legend>
        {KINDS.map((kind) => (
          <label key={kind} class="choice">
            <input
              type="checkbox"
              name="kind"
              value={kind}
              checked={choice.kinds.includes(kind)}
              onChange={() => onChoice({ ...choice, kinds: toggled(kind) })}
            />
            {say.kind[kind]}
          </label>
        ))}
      </fieldset>
      <fieldset class="choices__group">
        <legend>{say.size}</legend>
        {SIZES.map((size) => (
          <label key={size} class="choice">
            <input
              type="radio"
              name="size"
              value={size}
              checked={choice.size === size}
              onChange={() => onChoice({ ...choice, size })}
            />
            {say.sizes[size]}
          </label>
        ))}
        <label class="choice">
          <input
            type="checkbox"
            name="big"
            checked={choice.big === 'yes'}
            onChange={() => onChoice({ ...choice, big: choice.big === 'yes' ? 'no' : 'yes' })}
          />
          {say.big}
        </label>
      </fieldset>
    </form>
  );
}
