// The small site as residents meet it: what they tell is checked, written, folded and kept, on a clock
// by hand; staff walk its tickets; and it can be switched off and on again at any point.
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Actor, Answer, NewReport, ReportsDesk, TakenReport } from '../../gateway/api/desk.ts';
import type { AuditEntry } from '../../gateway/domain/audit.ts';
import type { Entry, LogRecord } from '../../gateway/domain/record.ts';
import {
  createStanding,
  type SavedStanding,
  type Standing,
} from '../../gateway/domain/standing.ts';
import type { Ticket } from '../../gateway/domain/ticket.ts';
import { DEFAULT_WORK } from '../../gateway/domain/work.ts';
import { createCommands, type Commands } from '../../gateway/flow/commands.ts';
import { createReportDesk } from '../../gateway/flow/residents/report-desk.ts';
import { createStep, type StepSite } from '../../gateway/flow/step.ts';
import { createPhotoShelf } from '../../gateway/store/photo-shelf.ts';
import { NOTHING_SAVED, reading, tick } from './folded-site.ts';
import { handClock, type HandClock } from './hand-clock.ts';
import { memoryEvidence } from './memory-evidence.ts';
import { memoryHappenings } from './memory-happenings.ts';
import { SMALL_SITE } from './small-site.ts';

export const BUILDING = { id: 'b3', name: '3号楼' };

export const REPORTING_SITE: StepSite = {
  ...SMALL_SITE,
  work: { ...DEFAULT_WORK, buildings: new Map([[BUILDING.id, BUILDING]]) },
};

export interface ReportingSite {
  readonly clock: HandClock;
  readonly records: readonly LogRecord[];
  readonly audit: readonly AuditEntry[];
  standing(): Standing;
  commands(): Commands;
  desk(): ReportsDesk;
  append(...entries: readonly Entry[]): number;
  /** Now. */
  hears(asset: string, quantity: 'power' | 'fill' | 'flow' | 'on', value: number): void;
  /** And time is noticed to have gone by. */
  moveTo(moment: string): void;
  /** What it had saved is all that it knows from here on. */
  restart(): void;
  tells(report?: Partial<NewReport>): Promise<TakenReport>;
  /** A step of staff; throws where it is refused. */
  does(role: string, action: string, ticket: string, body?: object): Promise<Ticket>;
  ticket(id: string): Ticket | undefined;
  /** As the store has them. */
  readonly kept: ReturnType<typeof memoryHappenings>['books'];
}

export const staff = (role: string): Actor => ({ by: `${role}-1`, role });

export function reportingSite(
  start = '2026-11-02T10:00:00+08:00',
  site: StepSite = REPORTING_SITE,
): ReportingSite {
  const clock = handClock(start);
  const records: LogRecord[] = [];
  const audit: AuditEntry[] = [];
  const happenings = memoryHappenings();
  const slices = new Map<string, string>();
  const tickets = new Map<string, Ticket>();
  const alarms = new Map<string, SavedStanding['alarms'][number]>();
  const evidence = memoryEvidence();
  const shelf = createPhotoShelf({
    dir: path.join(tmpdir(), `courtyard-reports-${randomUUID()}`),
    book: evidence.photos,
    clock,
    freeBytes: async () => 1e12,
  });
  let now = build(NOTHING_SAVED);

  function build(saved: SavedStanding) {
    const standing = createStanding(saved);
    const step = createStep(site, standing);
    const log = { append: async (entries: readonly Entry[]) => append(...entries) };
    const settled = (): Promise<void> => Promise.resolve();
    const { work = DEFAULT_WORK, compound } = site;
    const commands = createCommands({ log, standing, clock, settled, work });
    const books = {
      ...happenings.books,
      ticket: async (id: string): Promise<Ticket | undefined> => tickets.get(id),
    };
    const scene = { compound, standing };
    const desk = createReportDesk({ scene, books, commands, clock, work, kept: { shelf } });
    return { standing, step, commands, desk };
  }

  function append(...entries: readonly Entry[]): number {
    const first = records.length + 1;
    for (const entry of entries) {
      const record: LogRecord = { ...entry, sequence: records.length + 1 };
      records.push(record);
      now.step.fold(record);
    }
    save();
    return first;
  }

  function save(): void {
    const changes = now.standing.takeChanges();
    audit.push(...now.step.takeAudit());
    for (const [key, json] of changes.puts) {
      if (json === null) slices.delete(key);
      else slices.set(key, json);
    }
    for (const ticket of changes.tickets) tickets.set(ticket.id, ticket);
    for (const alarm of changes.alarms) alarms.set(alarm.id, alarm);
    happenings.put(changes.happenings);
  }

  const it: ReportingSite = {
    clock,
    records,
    audit,
    standing: () => now.standing,
    commands: () => now.commands,
    desk: () => now.desk,
    append,
    hears: (asset, quantity, value) =>
      void append(reading({ asset, quantity, value, at: clock.now() })),
    moveTo(moment) {
      clock.moveTo(Date.parse(moment) as ReturnType<HandClock['now']>);
      append(tick(clock.now()));
    },
    restart() {
      const inMind = [...tickets.values()].filter(({ id }) => now.standing.tickets.get(id));
      now = build({
        slices: [...slices],
        alarms: [...alarms.values()].filter(({ state }) => state !== 'normal'),
        tickets: inMind,
      });
    },
    tells: async (report = {}) =>
      valueOf(
        await now.desk.report({
          spot: 'lamp-1',
          category: 'lamp',
          kind: 'fault',
          words: '灯不亮',
          photos: [],
          by: 'page',
          ...report,
        }),
      ),
    does: async (role, action, id, body = {}) =>
      valueOf(
        await now.commands.ticketAction(id, { action, actor: staff(role), body: { ...body } }),
      ),
    ticket: (id) => now.standing.tickets.get(id) ?? tickets.get(id),
    kept: happenings.books,
  };
  return it;
}

export function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`${answer.status} ${answer.title}: ${answer.detail}`);
  return answer.value;
}
