// The rounds as the gateway last told them, by id: what a step was answered with takes the place of what
// was asked for before.
import { signal, type ReadonlySignal } from '@preact/signals';
import type { RoundView } from '../../gateway/api/schemas.ts';

const rounds = signal<ReadonlyMap<string, RoundView>>(new Map());
export const toldRounds: ReadonlySignal<ReadonlyMap<string, RoundView>> = rounds;

export function hearRound(answer: unknown): void {
  const round = answer as RoundView;
  rounds.value = new Map([...rounds.peek(), [round.id, round]]);
}
