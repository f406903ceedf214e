// What the fold counts of each device and source: how many frames and readings on which day, which
// numbers of its own counter are missing, since when it is silent.
// Unlike the other slices these are changed in place, because every reading changes them: a look-up
// and a few additions, nothing made. What changed is gathered at the next save.
import type { DeviceId, SourceId } from './asset.ts';
import type { LocalDay } from './day.ts';
import type { LossRow } from './loss.ts';
import type { Instant } from './time.ts';

/** Numbers that are missing in a row, both ends included, and the row that says so. */
export interface OpenGap {
  row: LossRow;
  /** In the order in which they were missed; of a very torn gap only the latest. */
  ranges: (readonly [first: number, last: number])[];
}

/** Saved as it is. Absent is what never was, so that most of them are small. */
export interface Attendance {
  /** The newest of its own numbers. */
  seq?: number;
  /** A number near 0 that had come before: a repeat, or the first word after a reboot. */
  fallen?: { readonly to: number; readonly from: number };
  heardAt?: Instant;
  /** Where its silence is counted from: absent while that is its last word. */
  listening?: { readonly from: Instant; readonly told: Instant };
  /** Those that a late number may still fill. */
  gaps?: OpenGap[];
  /** The latest loss by policy, which the next one may go on. */
  dropped?: LossRow;
}

/** One device, or, with an empty name, what a source said of nobody we know. */
export interface Attended {
  readonly source: SourceId;
  readonly device: DeviceId;
  readonly kept: Attendance;
  /** Since the last save, in the book's day. */
  frames: number;
  readings: number;
  isTouched: boolean;
}

/** More of something on a day. `kind` and `reason` are absent where frames are counted. */
export interface IntakeCount {
  readonly day: LocalDay;
  readonly source: SourceId;
  readonly device: DeviceId;
  readonly frames: number;
  readonly readings: number;
}

/** `lost` shrinks where a number comes late. Those that another row explains are `noted`. */
export interface ReasonCount {
  readonly day: LocalDay;
  readonly source: SourceId;
  readonly device: DeviceId;
  readonly kind: 'rejected' | 'lost' | 'noted';
  readonly reason: string;
  readonly count: number;
}

/** What the store adds to what it has. */
export interface IntakeChanges {
  readonly counts: readonly IntakeCount[];
  readonly reasons: readonly ReasonCount[];
  /** Whole new values; one whose count is 0 is forgotten. */
  readonly losses: readonly LossRow[];
  /** A day has ended: what is older than the books are kept may go. */
  readonly ended?: LocalDay;
}

export interface LossTotal {
  readonly source: SourceId;
  readonly reason: string;
  readonly found: number;
  readonly filled: number;
}

export interface IntakeBook {
  attended(source: SourceId, device: DeviceId): Attended;
  /** It is saved with the next save. */
  touch(attended: Attended): void;
  /** What is counted from now on belongs to this day. */
  turnTo(day: LocalDay): void;
  addReason(of: Omit<ReasonCount, 'count'>, count: number): void;
  putLoss(row: LossRow): void;
  endDay(day: LocalDay): void;
  /** Since this process began: what was lost or noted, and what of it came late after all. */
  totals(): Iterable<LossTotal>;
  take(): { readonly changes: IntakeChanges | undefined; readonly puts: [string, string][] };
}

const KIND = 'attendance:';

/** @param saved `slices` of the store; others than ours are passed over */
export function createIntakeBook(saved: readonly (readonly [string, string])[]): IntakeBook {
  const kept = new Map(saved.filter(([key]) => key.startsWith(KIND)));
  const sources = new Map<SourceId, Map<DeviceId, Attended>>();
  const pending = createPending();
  let touched: Attended[] = [];
  let unsaved = new Set<Attended>();

  const settleDay = (): void => {
    for (const one of touched) pending.count(one);
    touched = [];
  };
  const open = (source: SourceId, device: DeviceId): Attended => {
    const json = kept.get(keyOf(source, device));
    const before = json === undefined ? {} : (JSON.parse(json) as Attendance);
    return { source, device, kept: before, frames: 0, readings: 0, isTouched: false };
  };
  return {
    attended(source, device) {
      let devices = sources.get(source);
      if (!devices) sources.set(source, (devices = new Map()));
      let one = devices.get(device);
      if (!one) devices.set(device, (one = open(source, device)));
      return one;
    },
    touch(one) {
      if (one.isTouched) return;
      one.isTouched = true;
      touched.push(one);
      unsaved.add(one);
    },
    turnTo(day) {
      settleDay();
      pending.turnTo(day);
    },
    addReason: pending.addReason,
    putLoss: pending.putLoss,
    endDay: pending.endDay,
    totals: pending.totals,
    take() {
      settleDay();
      const puts = [...unsaved].map((one): [string, string] => [
        keyOf(one.source, one.device),
        JSON.stringify(one.kept),
      ]);
      unsaved = new Set();
      return { changes: pending.take(), puts };
    },
  };
}

const keyOf = (source: SourceId, device: DeviceId): string =>
  device === '' ? `${KIND}/${source}` : KIND + device;

/** What the next save adds, gathered from since the last. */
function createPending() {
  let day: LocalDay = '';
  let counts: IntakeCount[] = [];
  let reasons = new Map<string, ReasonCount>();
  let losses = new Map<string, LossRow>();
  let ended: LocalDay | undefined;
  const totals = new Map<string, LossTotal>();
  return {
    totals: () => totals.values(),
    turnTo: (next: LocalDay) => void (day = next),
    count(one: Attended): void {
      const { source, device, frames, readings } = one;
      if (frames > 0 || readings > 0) counts.push({ day, source, device, frames, readings });
      one.frames = 0;
      one.readings = 0;
      one.isTouched = false;
    },
    addReason(of: Omit<ReasonCount, 'count'>, count: number): void {
      const key = `${of.day} ${of.kind} ${of.reason} ${of.source} ${of.device}`;
      reasons.set(key, { ...of, count: (reasons.get(key)?.count ?? 0) + count });
      if (of.kind !== 'rejected') addTotal(totals, of, count);
    },
    putLoss: (row: LossRow) => void losses.set(row.id, row),
    endDay: (over: LocalDay) => void (ended = over),
    take(): IntakeChanges | undefined {
      const isQuiet = counts.length + reasons.size + losses.size === 0 && ended === undefined;
      const changes: IntakeChanges = {
        counts,
        reasons: [...reasons.values()].filter(({ count }) => count !== 0),
        losses: [...losses.values()],
        ...(ended !== undefined && { ended }),
      };
      [counts, reasons, losses, ended] = [[], new Map(), new Map(), undefined];
      return isQuiet ? undefined : changes;
    },
  };
}

function addTotal(
  totals: Map<string, LossTotal>,
  { source, reason }: Pick<LossTotal, 'source' | 'reason'>,
  count: number,
): void {
  const key = `${reason} ${source}`;
  const { found = 0, filled = 0 } = totals.get(key) ?? {};
  totals.set(key, {
    source,
    reason,
    found: found + Math.max(0, count),
    filled: filled + Math.max(0, -count),
  });
}
