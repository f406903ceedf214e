import type { Words } from './words.ts';

/** Calm but not to be missed: whoever looks at a demonstration must know that it is one. */
export function SimulatedBand({ shown, words }: { shown: boolean; words: Words }) {
  if (!shown) return null;
  return (
    <div class="simulated" role="note">
      <span>{words.simulated}</span>
      <span class="simulated__note">{words.simulatedNote}</span>
    </div>
  );
}
