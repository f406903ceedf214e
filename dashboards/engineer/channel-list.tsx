// How each way to people is, and what each reader is still to hear.
import type { ChannelView, ReaderView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import { Quiet } from '../shared/quiet.tsx';
import type { Words } from '../shared/words.ts';
import type { Sight } from './sight.ts';

export function ChannelList({
  channels,
  sight,
}: {
  channels: readonly ChannelView[];
  sight: Sight;
}) {
  const say = sight.words.notices;
  return (
    <section aria-labelledby="channels">
      <h2 id="channels" class="section section--small">
        {say.channels}
      </h2>
      {channels.length === 0 && <Quiet what={say.noChannels} />}
      <ul class="notices">
        {channels.map((channel) => (
          <Channel key={channel.id} channel={channel} sight={sight} />
        ))}
      </ul>
    </section>
  );
}

const kindIn = ({ notices: { reach } }: Words, kind: string): string =>
  (reach.kinds as Readonly<Record<string, string | undefined>>)[kind] ?? kind;

function Channel({ channel, sight }: { channel: ChannelView; sight: Sight }) {
  const { words, format, now } = sight;
  const say = words.notices;
  const counted = (count: number, words: (n: string) => string): string | false =>
    count > 0 && words(format.count(count));
  return (
    <li class="notice-row" data-channel={channel.state}>
      <p class="notice-row__title">
        <Cue of={channel.state} look="plain">
          {say.channelState[channel.state]}
        </Cue>{' '}
        {kindIn(words, channel.kind)} · {channel.id}
        {channel.since !== undefined && ` · ${format.since(Date.parse(channel.since), now)}`}
      </p>
      {channel.why !== undefined && (
        <p class="notice-row__why" dir="auto">
          {say.said(channel.why)}
        </p>
      )}
      <p class="rejection__detail">
        {[
          say.waitingOf(format.count(channel.waiting)),
          say.toldOf(format.count(channel.told)),
          counted(channel.failed, say.failedOf),
          counted(channel.givenUp, say.givenUpOf),
          counted(channel.superseded, say.supersededOf),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </li>
  );
}

/** A person who is reached directly goes by `person:<id>:<channel>`. */
const nameIn = (reader: string): string =>
  reader.startsWith('person:') ? (reader.split(':')[1] ?? reader) : reader;

export function ReaderList({ readers, sight }: { readers: readonly ReaderView[]; sight: Sight }) {
  const { words, format, now } = sight;
  const say = words.notices;
  return (
    <section aria-labelledby="readers">
      <h2 id="readers" class="section section--small">
        {say.readers}
      </h2>
      {readers.length === 0 && <Quiet what={say.noReaders} />}
      <ul class="notices">
        {readers.map(({ id, channel, pending, quiet, nextAt }) => (
          <li key={id} class="notice-row">
            <p class="notice-row__title">{say.to(nameIn(id), channel)}</p>
            <p class="rejection__detail">
              {[
                pending === 0 ? say.calm : say.pending(format.count(pending)),
                quiet > 0 && say.quiet(format.count(quiet)),
                pending > 0 &&
                  nextAt !== undefined &&
                  say.nextAt(format.moment(Date.parse(nextAt), now)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
