// Over which channels somebody is reached, where to, from what severity on, and when not at all.
import type { ReachesView, ReachView } from '../../gateway/api/schemas.ts';
import type { Words } from '../shared/words.ts';

interface ReachFieldsProps {
  readonly channels: ReachesView['channels'];
  readonly reach: readonly ReachView[];
  readonly words: Words;
  readonly onReach: (reach: readonly ReachView[]) => void;
}

export function ReachFields({ channels, reach, words, onReach }: ReachFieldsProps) {
  return (
    <>
      {channels.map(({ id, kind }) => (
        <WayFields
          key={id}
          channel={id}
          kind={kind}
          way={reach.find(({ channel }) => channel === id)}
          words={words}
          onWay={(way) => {
            const others = reach.filter(({ channel }) => channel !== id);
            onReach(way ? [...others, way] : others);
          }}
        />
      ))}
    </>
  );
}

interface WayFieldsProps {
  readonly channel: string;
  readonly kind: string;
  readonly way: ReachView | undefined;
  readonly words: Words;
  readonly onWay: (way: ReachView | undefined) => void;
}

function WayFields({ channel, kind, way, words, onWay }: WayFieldsProps) {
  const { kinds } = words.notices.reach;
  return (
    <fieldset class="field choices reach" data-channel={channel}>
      <label class="choice">
        <input
          type="checkbox"
          name="channel"
          value={channel}
          checked={way !== undefined}
          onChange={(event) => onWay(event.currentTarget.checked ? { channel } : undefined)}
        />{' '}
        <span>
          <b>{(kinds as Readonly<Record<string, string | undefined>>)[kind] ?? kind}</b>{' '}
          <span class="field__need">{channel}</span>
        </span>
      </label>
      {way && <WayDetails channel={channel} way={way} words={words} onWay={onWay} />}
    </fieldset>
  );
}

type WayDetailsProps = Omit<WayFieldsProps, 'kind'> & { readonly way: ReachView };

function WayDetails({ way, words, onWay }: WayDetailsProps) {
  const say = words.notices.reach;
  const { to, severities, ...rest } = way;
  return (
    <div class="reach__details">
      <label class="field">
        <span class="field__name">{say.to}</span>
        <input
          class="field__input"
          name="to"
          value={to ?? ''}
          maxLength={254}
          autocomplete="off"
          dir="auto"
          onInput={({ currentTarget: { value } }) =>
            onWay({
              ...rest,
              ...(severities && { severities }),
              ...(value.trim() !== '' && { to: value.trim() }),
            })
          }
        />
      </label>
      <label class="choice">
        <input
          type="checkbox"
          name="high-only"
          checked={severities?.join() === 'high'}
          onChange={({ currentTarget: { checked } }) =>
            onWay({
              ...rest,
              ...(to !== undefined && { to }),
              ...(checked && { severities: ['high'] }),
            })
          }
        />{' '}
        {say.highOnly}
      </label>
      <QuietFields way={way} words={words} onWay={onWay} />
      <p class="field__hint">{say.quietNote}</p>
    </div>
  );
}

/** As the gateway has it where nothing is said. */
const QUIET = { from: '21:00', to: '07:00' };

function QuietFields({ way, words, onWay }: Omit<WayDetailsProps, 'channel'>) {
  const say = words.notices.reach;
  const { quiet = QUIET } = way;
  return (
    <div class="duty__hours" role="group" aria-label={say.quiet}>
      {(['from', 'to'] as const).map((end) => (
        <label key={end}>
          <span class="field__name">{end === 'from' ? say.quietFrom : say.quietTo}</span>
          <input
            class="field__input"
            type="time"
            name={`quiet-${end}`}
            required
            value={quiet[end]}
            onInput={({ currentTarget: { value } }) =>
              onWay({ ...way, quiet: { ...quiet, [end]: value } })
            }
          />
        </label>
      ))}
    </div>
  );
}
