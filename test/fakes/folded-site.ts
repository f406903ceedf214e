// The fold over a small site, fed by hand: say what was heard and when, look at what came of it.
import type { Alarm } from '../../gateway/domain/alarm.ts';
import type { Quantity } from '../../gateway/domain/quantity.ts';
import type { Doubt } from '../../gateway/domain/reading.ts';
import type {
  CommandEntry,
  DerivedEntry,
  Entry,
  LogRecord,
  ReadingEntry,
} from '../../gateway/domain/record.ts';
import { createStanding, type SavedStanding } from '../../gateway/domain/standing.ts';
import type { Ticket } from '../../gateway/domain/ticket.ts';
import type { Instant } from '../../gateway/domain/time.ts';
import { createStep, type StepSite } from '../../gateway/flow/step.ts';
import { SMALL_SITE } from './small-site.ts';

export const NOTHING_SAVED: SavedStanding = { slices: [], alarms: [], tickets: [] };

/** The device that speaks of an asset in the small site. */
const SPEAKER: Record<string, string> = {
  'k1-wet': 'k1',
  'k1-scale': 'k1',
  'water-main': 'meter-1',
};

export interface Said {
  readonly asset: string;
  readonly quantity: Quantity;
  readonly value: number;
  readonly at: Instant;
  readonly observedAt?: Instant;
  readonly doubt?: Doubt;
}

export const reading = ({ at, ...said }: Said): ReadingEntry => ({
  kind: 'reading',
  device: SPEAKER[said.asset] ?? said.asset,
  observedAt: at,
  receivedAt: at,
  digest: 1,
  part: 0,
  ...said,
});

export const started = (at: Instant): Entry => ({
  kind: 'gateway',
  event: 'started',
  receivedAt: at,
});

export const tick = (at: Instant): Entry => ({ kind: 'tick', receivedAt: at });

export const line = (id: string, state: 'up' | 'down', at: Instant): Entry => ({
  kind: 'link',
  of: 'source',
  id,
  state,
  receivedAt: at,
});

/** A command as the log has it; by an engineer unless it says otherwise. */
export const command = (
  what: Pick<CommandEntry, 'on' | 'action'> & Partial<CommandEntry> & { readonly at: Instant },
): CommandEntry => {
  const { at, ...rest } = what;
  return { kind: 'command', by: 'wang', role: 'engineer', body: {}, receivedAt: at, ...rest };
};

/** Keeps a log's sequence; the same entries always become the same records. */
export function numbered(entries: readonly Entry[]): LogRecord[] {
  return entries.map((entry, index) => ({ ...entry, sequence: index + 1 }));
}

export function foldedSite(site: StepSite = SMALL_SITE, saved: SavedStanding = NOTHING_SAVED) {
  const standing = createStanding(saved);
  const step = createStep(site, standing);
  let sequence = 0;
  const fold = (...entries: readonly Entry[]): DerivedEntry[] =>
    entries.flatMap((entry) => step.fold({ ...entry, sequence: ++sequence }));
  const all = <T>(slices: { all(): Iterable<[string, T]> }): T[] =>
    [...slices.all()].map(([, value]) => value);
  /** In order of birth. Nothing is forgotten as long as nobody takes the standing's changes. */
  const alarms = (): Alarm[] => all(standing.alarms);
  const tickets = (): Ticket[] => all(standing.tickets);
  return {
    standing,
    fold,
    alarms,
    tickets,
    start: (at: Instant) => fold(started(at)),
    /** Time goes by until then, and nothing is heard. */
    wait: (until: Instant) => fold(tick(until)),
    hear: (said: Said) => fold(reading(said)),
    watch: (key: string) => standing.watches.get(key),
    phase: (key: string) => standing.watches.get(key)?.phase ?? 'quiet',
    alarmOf: (rule: string, subject: string) =>
      alarms().findLast((alarm) => alarm.rule === rule && alarm.asset === subject),
    /** rule:subject of every alarm that anybody hears of now. */
    speaking: () =>
      alarms()
        .filter((alarm) => alarm.clearedAt === undefined && alarm.explainedBy === undefined)
        .map((alarm) => `${alarm.rule}:${alarm.asset}`),
    /** number category asset state, of every ticket. */
    work: () => tickets().map(({ category, asset, state }) => `${category} ${asset} ${state}`),
  };
}

export type FoldedSite = ReturnType<typeof foldedSite>;

/** The small site, watched by these rules alone. */
export const watchedBy = (...rules: StepSite['rules'][number][]): FoldedSite =>
  foldedSite({ ...SMALL_SITE, rules });
