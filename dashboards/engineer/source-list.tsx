// Whether each way in is heard: a pulled cable is seen here, with how long already and why.
import type { SourceView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import { Quiet } from '../shared/quiet.tsx';
import type { Sight } from './sight.ts';

export function SourceList({ sources, sight }: { sources: readonly SourceView[]; sight: Sight }) {
  const { words } = sight;
  return (
    <section aria-labelledby="sources">
      <h2 id="sources" class="section">
        {words.engineer.sources}
      </h2>
      {sources.length === 0 && <Quiet what={words.engineer.noSources} />}
      <ul class="sources">
        {sources.map((source) => (
          <Source key={source.id} source={source} sight={sight} />
        ))}
      </ul>
    </section>
  );
}

function Source({ source, sight }: { source: SourceView; sight: Sight }) {
  const { words, format, now } = sight;
  const since = source.since === undefined ? undefined : Date.parse(source.since);
  const state =
    source.state === 'down' && since !== undefined
      ? words.engineer.sourceDown(format.duration((now - since) / 1000))
      : words.engineer.sourceState[source.state];
  return (
    <li class="source" data-source={source.id}>
      <span class="source__name">{source.id}</span>
      <span class="source__kind">{source.kind}</span>
      <Cue
        of={source.state === 'down' ? 'high' : source.state}
        look={source.state === 'down' ? 'filled' : 'plain'}
      >
        {state}
      </Cue>
      {source.state === 'down' && source.why && <span class="source__why">{source.why}</span>}
    </li>
  );
}
