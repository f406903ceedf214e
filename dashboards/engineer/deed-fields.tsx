// The fields of a deed at a place. A re-tare shows the weight that it would take, before it takes it.
import type { PlaceView } from '../../gateway/api/schemas.ts';
import type { Words } from '../shared/words.ts';
import { Chips } from './choices.tsx';
import { TEXTS, type Deed, type Filled } from './deeds.ts';
import { kilograms } from './kilograms.ts';

interface DeedFieldsProps {
  readonly deed: Deed;
  readonly place: PlaceView;
  readonly filled: Filled;
  readonly words: Words;
  readonly onFill: (change: Filled) => void;
}

export function DeedFields(props: DeedFieldsProps) {
  const { deed, filled, words, onFill } = props;
  const say = words.onSite.ask;
  return (
    <>
      {deed === 'tare' && <Weigh {...props} />}
      {deed === 'swap' && <TareKg need="may" {...props} />}
      {TEXTS[deed].map(({ name, kind, required }) => {
        const shared = {
          class: 'field__input',
          name,
          value: filled[name] ?? '',
          required,
          onInput: (event: { currentTarget: { value: string } }) =>
            onFill({ [name]: event.currentTarget.value }),
        };
        return (
          <label class="field" key={name}>
            <span class="field__name">
              {say[name]}
              {required && <span class="field__need"> · {words.engineer.required}</span>}
            </span>
            {kind === 'lines' ? (
              <textarea rows={2} maxLength={2000} {...shared} />
            ) : (
              <input type="text" maxLength={100} autocomplete="off" {...shared} />
            )}
          </label>
        );
      })}
    </>
  );
}

function Weigh(props: DeedFieldsProps) {
  const { place, filled, words, onFill } = props;
  const say = words.onSite.ask;
  const { settledGrossKg: gross, tareKg } = place;
  const hint = [
    tareKg !== undefined && say.tareWas(kilograms(tareKg)),
    gross === undefined && say.tareNotNow,
  ];
  return (
    <>
      <Chips
        legend={words.onSite.page.tare}
        hint={hint.filter(Boolean).join(' · ')}
        name="weigh"
        choices={[
          {
            value: 'now',
            label: say.tareNow(gross === undefined ? words.unknown : kilograms(gross)),
            isShut: gross === undefined,
          },
          { value: 'typed', label: say.tareTyped },
        ]}
        value={filled.weigh ?? ''}
        required
        onInput={(value) => onFill({ weigh: value === 'now' ? 'now' : 'typed' })}
      />
      {filled.weigh === 'typed' && <TareKg need="must" {...props} />}
    </>
  );
}

function TareKg({ need, filled, words, onFill }: DeedFieldsProps & { need: 'must' | 'may' }) {
  const say = words.onSite.ask;
  return (
    <label class="field">
      <span class="field__name">
        {say.tareKg}
        {need === 'must' && <span class="field__need"> · {words.engineer.required}</span>}
      </span>
      <input
        class="field__input"
        type="text"
        inputMode="decimal"
        autocomplete="off"
        maxLength={12}
        name="tareKg"
        value={filled.tareKg ?? ''}
        onInput={(event) => onFill({ tareKg: event.currentTarget.value })}
      />
      <span class="field__hint">{say.tareKgHint}</span>
    </label>
  );
}
