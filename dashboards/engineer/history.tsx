// What happened to a ticket: who, when, what, why. Nothing of it can be changed.
import type { HistoryView } from '../../gateway/api/schemas.ts';
import { wordFor } from '../shared/words.ts';
import { actionWord } from './action-bar.tsx';
import type { Sight } from './sight.ts';

export function History({ steps, sight }: { steps: readonly HistoryView[]; sight: Sight }) {
  const { words, format, now } = sight;
  return (
    <section aria-labelledby="history">
      <h2 id="history" class="section section--small">
        {words.engineer.history}
      </h2>
      {steps.length === 0 && <p class="quiet">{words.engineer.noHistory}</p>}
      <ol class="history">
        {[...steps].reverse().map((step) => (
          <li key={`${step.at}/${step.action}`} class="step">
            <span class="step__what">
              {actionWord(words, step.action)}
              {step.from !== step.to && (
                <span class="step__to"> → {wordFor(words.ticketState, step.to)}</span>
              )}
            </span>
            <span class="step__who">
              {[wordFor(words.role, step.role), step.by].join(' ')} ·{' '}
              {format.since(Date.parse(step.at), now)}
            </span>
            {step.reason && <q class="step__why">{step.reason}</q>}
          </li>
        ))}
      </ol>
    </section>
  );
}
