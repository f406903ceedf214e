import { useEffect } from 'preact/hooks';
import type { Live } from '../shared/live.ts';
import { Frame } from './frame.tsx';
import { NextBins } from './next-bins.tsx';
import { sightOf } from './sight.ts';

/** The round of whoever empties bins, on a page of its own. */
export function NextBinsPage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { title } = sight.words.onSite.round;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <Frame live={live} tab="round">
      <main class="columns columns--one">
        <NextBins live={live} sight={sight} />
      </main>
    </Frame>
  );
}
