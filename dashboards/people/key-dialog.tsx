// What a program's key is for, as whom it asks, and until when.
import { useState } from 'preact/hooks';
import type { NewKeyView } from '../../gateway/api/schemas.ts';
import { newKey, tell } from '../shared/gateway.ts';
import { TextInput } from '../shared/text-input.tsx';
import { Dialog } from './dialog.tsx';
import { KEYS } from './paths.ts';
import { rolesGrantedBy } from './roles.ts';
import type { Sight } from './sight.ts';
import { useDeed } from './use-deed.ts';

interface KeyDialogProps {
  readonly sight: Sight;
  readonly onMade: (key: NewKeyView) => void;
  readonly onClose: () => void;
}

const SPANS_DAYS = [30, 90, 365] as const;
const DAY_MS = 86_400_000;

export function KeyDialog({ sight, onMade, onClose }: KeyDialogProps) {
  const { words, standing, now } = sight;
  const say = words.people.me;
  const deed = useDeed(sight);
  const own = standing.state === 'in' ? standing.who.role : '';
  const [name, setName] = useState('');
  const [role, setRole] = useState<string>(own);
  const [days, setDays] = useState('90');
  const ends = days === '' ? {} : { endsAt: new Date(now + Number(days) * DAY_MS).toISOString() };
  const body = { name: name.trim(), role, ...ends };
  return (
    <Dialog
      title={say.makeKey}
      send={say.makeKey}
      ready={name.trim() === '' ? 'no' : 'yes'}
      deed={deed}
      words={words}
      onSend={() =>
        void deed.run(() => tell<NewKeyView>({ path: KEYS, body, key: newKey() }), onMade)
      }
      onClose={onClose}
    >
      <TextInput
        label={say.keyName}
        note={say.keyNameHint}
        name="key-name"
        autocomplete="off"
        maxLength={60}
        value={name}
        onInput={setName}
      />
      <Choice
        label={say.keyRole}
        value={role}
        choices={rolesGrantedBy(own).map((one) => [one, words.role[one]])}
        onChoose={setRole}
      />
      <Choice
        label={say.keyEnds}
        value={days}
        choices={[
          ...SPANS_DAYS.map((span) => [String(span), words.time.days(span)] as const),
          ['', say.keyForever],
        ]}
        onChoose={setDays}
      />
    </Dialog>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  /** Each with its word. */
  readonly choices: readonly (readonly [string, string])[];
  readonly onChoose: (value: string) => void;
}

function Choice({ label, value, choices, onChoose }: ChoiceProps) {
  return (
    <label class="field">
      <span class="field__name">{label}</span>
      <select
        class="field__input"
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {choices.map(([one, word]) => (
          <option key={one} value={one}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}
