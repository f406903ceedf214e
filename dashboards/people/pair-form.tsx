// The six digits from a station's screen, and which station it hangs at.
import { useState } from 'preact/hooks';
import type { TokenView } from '../../gateway/api/schemas.ts';
import { newKey, tell } from '../shared/gateway.ts';
import { PAIR_DISPLAY } from './paths.ts';
import { stationName, type Sight } from './sight.ts';
import { useDeed } from './use-deed.ts';

const CODE_LENGTH = 6;

/** Digits only: people type the code as it is grouped on the screen. */
const digitsIn = (typed: string): string => typed.replace(/\D/g, '').slice(0, CODE_LENGTH);

export function PairForm({ sight, onPaired }: { sight: Sight; onPaired: () => void }) {
  const { words, stations } = sight;
  const say = words.people.displays;
  const deed = useDeed(sight);
  const [code, setCode] = useState('');
  const [chosen, setChosen] = useState('');
  const [done, setDone] = useState('');
  const station = chosen === '' ? (stations[0]?.id ?? '') : chosen;
  if (stations.length === 0) return <p class="people__hint">{say.noStations}</p>;

  const pair = () =>
    deed.run(
      () => tell<TokenView>({ path: PAIR_DISPLAY, body: { code, station }, key: newKey() }),
      () => {
        setDone(say.paired(stationName(sight, station)));
        setCode('');
        onPaired();
      },
    );
  return (
    <form
      class="pair"
      onSubmit={(event) => {
        event.preventDefault();
        setDone('');
        if (code.length === CODE_LENGTH) void pair();
      }}
    >
      <CodeField code={code} label={say.code} hint={say.codeHint} onCode={setCode} />
      <StationField station={station} sight={sight} onStation={setChosen} />
      <button
        type="submit"
        class="button button--main pair__send"
        disabled={code.length < CODE_LENGTH || deed.busy === 'sending'}
      >
        {say.pair}
      </button>
      <p class="notice pair__notice" role="alert">
        {deed.notice}
      </p>
      <p class="pair__done" role="status">
        {done && `✓ ${done}`}
      </p>
    </form>
  );
}

interface CodeFieldProps {
  readonly code: string;
  readonly label: string;
  readonly hint: string;
  readonly onCode: (code: string) => void;
}

function CodeField({ code, label, hint, onCode }: CodeFieldProps) {
  return (
    <label class="field">
      <span class="field__name">
        {label} <span class="field__need">· {hint}</span>
      </span>
      <input
        class="field__input pair__code"
        name="code"
        inputMode="numeric"
        autocomplete="one-time-code"
        required
        value={code}
        onInput={(event) => {
          const digits = digitsIn(event.currentTarget.value);
          // The field keeps what was typed where the digits did not change: it is told again.
          event.currentTarget.value = digits;
          onCode(digits);
        }}
      />
    </label>
  );
}

interface StationFieldProps {
  readonly station: string;
  readonly sight: Sight;
  readonly onStation: (station: string) => void;
}

function StationField({ station, sight: { words, stations }, onStation }: StationFieldProps) {
  return (
    <label class="field">
      <span class="field__name">{words.people.displays.station}</span>
      <select
        class="field__input"
        name="station"
        value={station}
        onChange={(event) => onStation(event.currentTarget.value)}
      >
        {stations.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
