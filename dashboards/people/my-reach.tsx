// How one wants to be reached with what is one's own: over which channels, where to, from what
// severity on, and when not at all. Nothing chosen: by the groups that one is in.
import { useState } from 'preact/hooks';
import type { ReachesView, ReachView } from '../../gateway/api/schemas.ts';
import { newKey, tell } from '../shared/gateway.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { reachPath } from './paths.ts';
import type { Sight } from './sight.ts';
import { useDeed } from './use-deed.ts';

export function MyReach({ id, sight }: { id: string; sight: Sight }) {
  const { words } = sight;
  const say = words.notices.reach;
  const asked = useAsked<ReachesView>(reachPath(id));
  return (
    <section class="panel" aria-labelledby="my-reach">
      <h2 id="my-reach" class="panel__title">
        {say.title}
      </h2>
      <p>{say.note}</p>
      {!asked && <Quiet what={words.loading} />}
      {asked && !asked.ok && <Failure words={words} title={asked.title} detail={asked.detail} />}
      {asked?.ok && asked.value.channels.length === 0 && <Quiet what={say.none} />}
      {asked?.ok && asked.value.channels.length > 0 && (
        <ReachForm id={id} sight={sight} known={asked.value} />
      )}
    </section>
  );
}

function ReachForm({ id, sight, known }: { id: string; sight: Sight; known: ReachesView }) {
  const { words } = sight;
  const [reach, setReach] = useState<readonly ReachView[]>(known.reach);
  const [isDone, setDone] = useState(false);
  const deed = useDeed(sight);
  function put(channel: string, change: ReachView | undefined): void {
    setDone(false);
    const others = reach.filter((one) => one.channel !== channel);
    setReach(change ? [...others, change] : others);
  }
  const send = (): Promise<void> =>
    deed.run(
      () => tell({ method: 'PUT', path: reachPath(id), body: { reach }, key: newKey() }),
      () => setDone(true),
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {known.channels.map(({ id: channel, kind }) => (
        <ReachFields
          key={channel}
          name={`${channel} · ${kind}`}
          channel={channel}
          reach={reach.find((one) => one.channel === channel)}
          sight={sight}
          onChange={(change) => put(channel, change)}
        />
      ))}
      <p class="notice" role="alert">
        {deed.notice}
      </p>
      <p role="status">{isDone && `✓ ${words.notices.reach.done}`}</p>
      <button type="submit" class="button button--main" disabled={deed.busy === 'sending'}>
        {words.notices.reach.save}
      </button>
    </form>
  );
}

interface ReachFieldsProps {
  readonly name: string;
  readonly channel: string;
  readonly reach: ReachView | undefined;
  readonly sight: Sight;
  readonly onChange: (change: ReachView | undefined) => void;
}

/** As the gateway has it where nothing is said. */
const QUIET = { from: '21:00', to: '07:00' };

function ReachFields({ name, channel, reach, sight: { words }, onChange }: ReachFieldsProps) {
  const say = words.notices.reach;
  const quiet = reach?.quiet ?? QUIET;
  return (
    <fieldset class="field">
      <label class="check">
        <input
          type="checkbox"
          checked={reach !== undefined}
          onChange={(event) => onChange(event.currentTarget.checked ? { channel } : undefined)}
        />{' '}
        {name}
      </label>
      {reach && (
        <>
          <TextField
            name={say.to}
            value={reach.to ?? ''}
            onInput={(to) => {
              const { to: _, ...rest } = reach;
              onChange(to.trim() === '' ? rest : { ...rest, to: to.trim() });
            }}
          />
          <label class="check">
            <input
              type="checkbox"
              checked={reach.severities?.join() === 'high'}
              onChange={(event) => {
                const { severities: _, ...rest } = reach;
                onChange(event.currentTarget.checked ? { ...rest, severities: ['high'] } : rest);
              }}
            />{' '}
            {say.highOnly}
          </label>
          <TimeField
            name={say.quietFrom}
            value={quiet.from}
            onInput={(from) => onChange({ ...reach, quiet: { ...quiet, from } })}
          />
          <TimeField
            name={say.quietTo}
            value={quiet.to}
            onInput={(to) => onChange({ ...reach, quiet: { ...quiet, to } })}
          />
        </>
      )}
    </fieldset>
  );
}

interface FieldProps {
  readonly name: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

const TextField = ({ name, value, onInput }: FieldProps) => (
  <label class="field">
    <span class="field__name">{name}</span>
    <input
      class="input"
      value={value}
      maxLength={254}
      autocomplete="off"
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  </label>
);

const TimeField = ({ name, value, onInput }: FieldProps) => (
  <label class="field">
    <span class="field__name">{name}</span>
    <input
      class="input"
      type="time"
      required
      value={value}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  </label>
);
