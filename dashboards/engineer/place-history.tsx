// What people did at a place, newest first: who, when, what, and what it changed.
import type { OnSiteView } from '../../gateway/api/schemas.ts';
import { wordFor } from '../shared/words.ts';
import { kilograms } from './kilograms.ts';
import type { Sight } from './sight.ts';

interface PlaceHistoryProps {
  readonly entries: readonly OnSiteView[];
  readonly sight: Sight;
}

export function PlaceHistory({ entries, sight }: PlaceHistoryProps) {
  const say = sight.words.onSite.page;
  return (
    <section aria-labelledby="history">
      <h2 id="history" class="section section--small">
        {say.history}
      </h2>
      {entries.length === 0 && <p class="quiet">{say.noHistory}</p>}
      <ol class="history place__history">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} sight={sight} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry, sight }: { entry: OnSiteView; sight: Sight }) {
  const { words, format, now } = sight;
  const changes = changesOf(entry, sight);
  return (
    <li class="step" data-action={entry.action}>
      <span class="step__what">
        {words.onSite.action[entry.action]}
        {changes !== '' && (
          <>
            {' · '}
            <bdi>{changes}</bdi>
          </>
        )}
      </span>
      <span class="step__who">
        {wordFor(words.role, entry.role)} {entry.by} · {format.since(Date.parse(entry.at), now)}
      </span>
      {[entry.reason, entry.note].filter(Boolean).map((said) => (
        <q class="step__why" dir="auto" key={said}>
          {said}
        </q>
      ))}
    </li>
  );
}

function changesOf(entry: OnSiteView, { words }: Sight): string {
  const { container, from, to, tareBeforeKg, tareKg } = entry;
  const changed = words.onSite.changedTo;
  const tare = tareKg === undefined ? undefined : kilograms(tareKg);
  const before = tareBeforeKg === undefined ? undefined : kilograms(tareBeforeKg);
  return [
    container,
    tare && (before && before !== tare ? changed(before, tare) : tare),
    from && to ? changed(from, to) : (to ?? from),
  ]
    .filter(Boolean)
    .join(' · ');
}
