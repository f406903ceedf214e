// What happened to a ticket: who, when, what, why. Nothing of it can be changed.
import type { HistoryView } from '../../gateway/api/schemas.ts';
import { wordFor } from '../shared/words.ts';
import { actionWord } from './action-bar.tsx';
import type { Sight } from './sight.ts';
import { isSentBack } from './steps.ts';

export function History({ steps, sight }: { steps: readonly HistoryView[]; sight: Sight }) {
  const { words } = sight;
  return (
    <section aria-labelledby="history">
      <h2 id="history" class="section section--small">
        {words.engineer.history}
      </h2>
      {steps.length === 0 && <p class="quiet">{words.engineer.noHistory}</p>}
      <ol class="history">
        {[...steps].reverse().map((step, place) => (
          <Step key={steps.length - place} step={step} sight={sight} />
        ))}
      </ol>
    </section>
  );
}

const STANDS_OUT: readonly string[] = ['escalate', 'decline'];

function Step({ step, sight }: { step: HistoryView; sight: Sight }) {
  const { format, now } = sight;
  const isLoud = isSentBack(step) || STANDS_OUT.includes(step.action);
  return (
    <li class={isLoud ? 'step step--loud' : 'step'}>
      <span class="step__what">{whatHappened(step, sight)}</span>
      <span class="step__who">
        {roleAndName(step, sight)} · {format.since(Date.parse(step.at), now)}
      </span>
      {step.reason && <q class="step__why">{step.reason}</q>}
    </li>
  );
}

/** Residents have no name here; what stands for it is for machines. */
const roleAndName = ({ role, by }: HistoryView, { words }: Pick<Sight, 'words'>): string =>
  role === 'resident' ? wordFor(words.role, role) : `${wordFor(words.role, role)} ${by}`;

function whatHappened(step: HistoryView, { words }: Sight): string {
  const what = actionWord(words, step.action);
  return step.from === step.to ? what : `${what} → ${wordFor(words.ticketState, step.to)}`;
}

/** In one line each, for whoever was looking elsewhere meanwhile. */
export const storyOf = (steps: readonly HistoryView[], sight: Sight): string[] =>
  steps.map((step) =>
    [
      sight.format.moment(Date.parse(step.at), sight.now),
      step.role === 'resident' ? sight.words.role.resident : step.by,
      whatHappened(step, sight),
      step.reason ?? '',
    ]
      .filter(Boolean)
      .join(' · '),
  );
