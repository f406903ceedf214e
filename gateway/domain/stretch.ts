// Stretches of the log whose moments are not known: what was received while the clock was known to be
// wrong. Pure: each function says what a record makes of the list, so that the log alone tells what
// is still to be written again, however often the process was killed in between.
//
//   started, clock unsynchronised ──▶ open ──▶ closed, waiting ──▶ due (by how much) ──▶ gone
//                                            killed: waits on     clock put right     written again
//
// One run of the machine has one steady clock under all its runs of the gateway. So each stretch keeps
// when the machine came up, by its own wrong clock; the right clock says it rightly; the difference is
// how far the stretch was off. What another run of the machine has stamped can be put right by nobody:
// it is taken as it is.
import type { ClockEntry, GatewayEntry, Recorded, Sequence } from './record.ts';

export interface Stretch {
  /** The run of the gateway. */
  readonly boot: string;
  /** The run of the machine, where it has a name. */
  readonly machine?: string;
  /** When the machine came up, in epoch ms, by the clock of this stretch. */
  readonly upSince: number;
  /** Its records lie between these two, neither included. The current run's is open. */
  readonly from: Sequence;
  readonly to?: Sequence;
  /** By how much its moments were too early; known once a clock is right. */
  readonly offMs?: number;
}

export type Stretches = readonly Stretch[];

export function stretchesAfterStart(before: Stretches, start: Recorded<GatewayEntry>): Stretches {
  const { boot = '', machine, sequence } = start;
  const upSince = start.receivedAt - (machine?.upMs ?? 0);
  const closed = before.map((stretch) => ({ ...stretch, to: stretch.to ?? sequence }));
  const here = { boot, upSince, ...(machine && { machine: machine.id }) };
  if (start.clock !== 'unsynchronised') return closed.map((stretch) => put(stretch, here));
  const kept = closed.map((stretch) => (isBeside(stretch, here) ? stretch : put(stretch, here)));
  return [...kept, { ...here, from: sequence }];
}

export function stretchesAfterStep(before: Stretches, step: Recorded<ClockEntry>): Stretches {
  const open = before.find(({ boot, to }) => boot === step.boot && to === undefined);
  if (!open) return before;
  const right = { ...open, upSince: open.upSince + step.stepMs };
  return before.map((stretch) => put({ ...stretch, to: stretch.to ?? step.sequence }, right));
}

export function stretchesAfterNote(before: Stretches, through: Sequence): Stretches {
  const due = dueStretch(before);
  if (!due) return before;
  const rest = { ...due, from: through };
  return before.flatMap((stretch) => {
    if (stretch !== due) return [stretch];
    return isOver(rest) ? [] : [rest];
  });
}

/** The first that can be written again. */
export const dueStretch = (stretches: Stretches): Stretch | undefined =>
  stretches.find(({ offMs }) => offMs !== undefined);

const isOver = ({ from, to }: Stretch): boolean => to !== undefined && from >= to - 1;

type Here = Pick<Stretch, 'boot' | 'machine' | 'upSince'>;

/** Whether both ran over one steady clock. */
const isBeside = (stretch: Stretch, here: Here): boolean =>
  stretch.boot === here.boot || (stretch.machine !== undefined && stretch.machine === here.machine);

function put(stretch: Stretch, right: Here): Stretch {
  if (stretch.offMs !== undefined) return stretch;
  const offMs = isBeside(stretch, right) ? Math.round(right.upSince - stretch.upSince) : 0;
  return { ...stretch, offMs };
}
