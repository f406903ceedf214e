// The loop as a strip: what is behind, with who and when; what stands before; what is ahead.
import type { TicketView } from '../../gateway/api/schemas.ts';
import { wordFor } from '../shared/words.ts';
import type { Sight } from './sight.ts';
import { stepsOf, type LoopStep } from './steps.ts';
import { leftWords } from './time-left.ts';

const SHAPES: Readonly<Record<LoopStep['state'], string>> = {
  done: '●',
  now: '◉',
  ahead: '○',
  skipped: '–',
};

export function StepStrip({ ticket, sight }: { ticket: TicketView; sight: Sight }) {
  const { words } = sight;
  return (
    <ol class="loop" aria-label={words.work.steps}>
      {stepsOf(ticket).map((step) => (
        <Step key={step.name} step={step} ticket={ticket} sight={sight} />
      ))}
    </ol>
  );
}

interface StepProps {
  readonly step: LoopStep;
  readonly ticket: TicketView;
  readonly sight: Sight;
}

function Step({ step, ticket, sight }: StepProps) {
  const { words, format, now } = sight;
  const { name, state, entry } = step;
  return (
    <li
      class={`loop__step loop__step--${state}`}
      aria-current={state === 'now' ? 'step' : undefined}
    >
      <span class="loop__shape" aria-hidden="true">
        {SHAPES[state]}
      </span>
      <span class="loop__name">{words.work.step[name]}</span>
      <span class="unseen"> {words.work.stepState[state]}</span>
      {entry && (
        <span class="loop__who">
          {whoDid(entry, sight)} {format.moment(Date.parse(entry.at), now)}
        </span>
      )}
      {state === 'now' && <span class="loop__who">{leftWords(ticket, sight)}</span>}
    </li>
  );
}

/** Who works here by name, a machine or a resident by what they are. */
export function whoDid({ by, role }: { by: string; role: string }, { words }: Sight): string {
  const isNameless = ['sensor', 'gateway', 'resident'].includes(role);
  return isNameless ? wordFor(words.role, role) : by;
}
