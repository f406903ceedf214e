// The small site with a route through it and people who walk it: what they ask is checked, written,
// folded and kept as in the house, on a clock by hand. Switched off, it comes back from what it saved.
import type { Actor, Answer, PatrolsDesk } from '../../gateway/api/desk.ts';
import type { RoundView } from '../../gateway/api/schemas.ts';
import type { Patrol } from '../../gateway/domain/patrol.ts';
import type { Entry, LogRecord } from '../../gateway/domain/record.ts';
import { createStanding, type SavedStanding } from '../../gateway/domain/standing.ts';
import type { Ticket } from '../../gateway/domain/ticket.ts';
import { days, type Clock } from '../../gateway/domain/time.ts';
import { DEFAULT_WORK } from '../../gateway/domain/work.ts';
import { createCommands } from '../../gateway/flow/commands.ts';
import { createPatrolDesk } from '../../gateway/flow/patrols/patrol-desk.ts';
import { createStep, type StepSite } from '../../gateway/flow/step.ts';
import { NOTHING_SAVED, tick } from './folded-site.ts';
import { handClock } from './hand-clock.ts';
import { memoryHappenings } from './memory-happenings.ts';
import { ticketsBy } from './memory-tickets.ts';
import { SMALL_SITE } from './small-site.ts';

export const MORNING_ROUND: Patrol = {
  id: 'morning',
  name: '早班巡查',
  team: 'cleaners',
  every: days(1),
  places: [
    {
      at: 'k1',
      kind: 'station',
      name: '1号投放点',
      look: [
        { ask: '厢房干净?', category: 'bin-room-dirty' },
        { ask: '没有偷倒?', category: 'dumping' },
        { ask: '没有桶满?', category: 'bin-full' },
      ],
    },
    { at: 'lamp-1', kind: 'lamp', name: '1号庭院灯', look: [{ ask: '灯完好?', category: 'lamp' }] },
    { at: 'b3', kind: 'building', name: '3号楼', look: [] },
  ],
};

export const PATROLLED_SITE: StepSite = {
  ...SMALL_SITE,
  work: { ...DEFAULT_WORK, buildings: new Map([['b3', { id: 'b3', name: '3号楼' }]]) },
  patrols: new Map([['morning', MORNING_ROUND]]),
};

export const LI: Actor = { by: 'li', role: 'cleaner' };
export const ZHAO: Actor = { by: 'zhao', role: 'steward' };
export const WANG: Actor = { by: 'wang', role: 'manager' };

export function walkedSite(site: StepSite = PATROLLED_SITE, clock: Clock = monday()) {
  const records: LogRecord[] = [];
  const slices = new Map<string, string>();
  const tickets = new Map<string, Ticket>();
  const happened = memoryHappenings();
  let standing = createStanding(NOTHING_SAVED);
  let step = createStep(site, standing);
  const save = (): void => {
    const { puts, happenings, ...changed } = standing.takeChanges();
    for (const [key, json] of puts)
      if (json === null) slices.delete(key);
      else slices.set(key, json);
    for (const ticket of changed.tickets) tickets.set(ticket.id, ticket);
    happened.put(happenings);
  };
  const append = async (entries: readonly Entry[]): Promise<number> => {
    const first = records.length + 1;
    for (const entry of entries) {
      const record: LogRecord = { ...entry, sequence: records.length + 1 };
      records.push(record);
      step.fold(record);
    }
    save();
    return first;
  };
  const desk = (): PatrolsDesk =>
    createPatrolDesk({
      scene: { compound: site.compound, standing },
      books: {
        ...happened.books,
        ticketsBy: async (query) => ticketsBy([...tickets.values()], query),
      },
      commands: createCommands({
        log: { append },
        standing,
        clock,
        settled: () => Promise.resolve(),
      }),
      clock,
      ...(site.work && { work: site.work }),
      ...(site.patrols && { patrols: site.patrols }),
    });
  return {
    clock,
    records,
    happenings: happened.books,
    desk,
    standing: () => standing,
    tickets: () => [...tickets.values()],
    append,
    takeAudit: () => step.takeAudit(),
    /** Time goes by, and nothing is heard. */
    wait: () => append([tick(clock.now())]),
    /** Off and on again: what was saved is all that it knows. */
    restart(): void {
      const saved: SavedStanding = {
        slices: [...slices],
        alarms: [],
        tickets: [...tickets.values()],
      };
      standing = createStanding(saved);
      step = createStep(site, standing);
    },
  };
}

export type WalkedSite = ReturnType<typeof walkedSite>;

const monday = () => handClock('2026-11-02T07:00:00+08:00');

/** What was granted; a refusal fails the test with its words. */
export function given<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`${answer.status} ${answer.detail}`);
  return answer.value;
}

export const statusOf = (answer: Answer<unknown>): number => (answer.ok ? 200 : answer.status);

/** `k1 ok bad - · lamp-1 · b3`: what was answered, place by place; `!` where nobody has come yet. */
export const answersOf = ({ route }: RoundView): string =>
  route
    .map(({ at, checkedInBy, look }) =>
      [at, checkedInBy ?? '!', ...look.map(({ verdict = '-' }) => verdict)].join(' '),
    )
    .join(' · ');
