// A rehearsal: the days that are still in the log are folded twice, under the rules as they are and as
// they would be, and what each would have raised stands side by side. It reads and remembers nothing:
// no store, no standing and nobody outside learns of it.
//
//   log ──▶ opening ──▶ record ─┬─▶ stage: rules as they are        ─┐
//                               └─▶ stage: rules as they would be   ─┴─▶ compared
//
// Page by page with a pause between, so that a running gateway hears and answers meanwhile.
import { setImmediate } from 'node:timers/promises';
import type { Compound } from '../../domain/asset.ts';
import type { LogRecord, Sequence } from '../../domain/record.ts';
import type { RuleSettings } from '../../domain/rule.ts';
import {
  days,
  earlier,
  instant,
  later,
  milliseconds,
  type Duration,
  type Instant,
} from '../../domain/time.ts';
import type { Log } from '../../store/log.ts';
import { compared, type Compared } from './rehearsal-comparison.ts';
import { createCoverage, type CoveredDay } from './rehearsal-coverage.ts';
import { createOpening, isRepeated, type Opening } from './rehearsal-opening.ts';
import {
  createStage,
  type Occurrence,
  type RehearsedTicket,
  type Stage,
  type StageSite,
} from './rehearsal-stage.ts';

export interface RehearsalAsk {
  readonly site: StageSite;
  readonly before: readonly RuleSettings[];
  readonly after: readonly RuleSettings[];
  /** Only what is raised from then on is shown; what lies a while before it is folded all the same. */
  readonly from?: Instant;
  readonly to?: Instant;
  /** Up to then things fall due though nothing was heard; the log's last word where absent. */
  readonly now?: Instant;
}

export interface RehearsalParts {
  readonly log: Pick<Log, 'readAfter' | 'head'>;
  /** Whether it may go on: somebody still waits, and it has not taken too long. */
  readonly mayGoOn: () => boolean;
  readonly mostRecords: number;
  /** Under each list of rules; a page may raise some more. */
  readonly mostAlarms: number;
}

export interface Cast {
  readonly alarms: readonly Occurrence[];
  readonly tickets: readonly RehearsedTicket[];
}

/** By what it may end too early: `alarms` where a rule raises more than anybody could read. */
export const TRUNCATIONS = ['time', 'records', 'alarms'] as const;
export type Truncation = (typeof TRUNCATIONS)[number];

export interface Rehearsal {
  readonly covers: {
    /** Undefined where the log holds nothing of that time. */
    readonly from?: Instant;
    readonly to?: Instant;
    /** From here on nothing is missing that a rule could have begun to wait for before. */
    readonly completeFrom?: Instant;
    readonly days: readonly CoveredDay[];
  };
  readonly records: number;
  /** It ended before the end, and by what. */
  readonly truncated?: Truncation;
  readonly before: Cast;
  readonly after: Cast;
  readonly compared: readonly Compared[];
}

/** A few milliseconds of folding. */
const PAGE = 500;
/** Records between two times that what is over is forgotten. */
const TIDY_AFTER = 20_000;
/** Before the asked-for time a day is folded along, or the longest wait of the rules. */
const RUN_UP = days(1);

export async function rehearse(ask: RehearsalAsk, parts: RehearsalParts): Promise<Rehearsal> {
  const scene = sceneOf(ask);
  const truncated = await play(scene, parts);
  const last = endOf(scene, truncated);
  if (last !== undefined)
    act(scene, { kind: 'tick', receivedAt: last, sequence: scene.cursor + 1 });
  return resultOf(scene, truncated);
}

interface Scene {
  readonly ask: RehearsalAsk;
  readonly opening: Opening;
  readonly coverage: ReturnType<typeof createCoverage>;
  readonly stages: readonly [before: Stage, after: Stage];
  /** The longest that a rule waits for anything. */
  readonly wait: Duration;
  cursor: Sequence;
  records: number;
  isOver: boolean;
  /** Up to then things fall due after the last record. */
  end: Instant | undefined;
}

function sceneOf(ask: RehearsalAsk): Scene {
  const { site, before, after, from } = ask;
  const wait = longestWait([...before, ...after], site.compound);
  const runUp = milliseconds(Math.max(wait, RUN_UP));
  return {
    ask,
    opening: createOpening(from === undefined ? undefined : earlier(from, runUp)),
    coverage: createCoverage(site.compound.place),
    stages: [createStage(site, before), createStage(site, after)],
    wait,
    cursor: 0,
    records: 0,
    isOver: false,
    end: ask.now,
  };
}

/** What is appended meanwhile is not read: it would be chased for ever. */
async function play(scene: Scene, parts: RehearsalParts): Promise<Truncation | undefined> {
  const head = parts.log.head();
  let untidied = 0;
  for await (const page of pagesOf(parts.log, head)) {
    if (!parts.mayGoOn()) return 'time';
    if (scene.records >= parts.mostRecords) return 'records';
    if (scene.stages.some((stage) => stage.raised() > parts.mostAlarms)) return 'alarms';
    for (const record of page) read(scene, record);
    if (scene.isOver) return undefined;
    untidied += page.length;
    if (untidied >= TIDY_AFTER) {
      for (const stage of scene.stages) stage.tidy();
      untidied = 0;
    }
    await setImmediate();
  }
  for (const record of scene.opening.rest(head)) act(scene, record);
  return undefined;
}

/** The next page is on its way while this one is folded. */
async function* pagesOf(log: RehearsalParts['log'], head: Sequence): AsyncGenerator<LogRecord[]> {
  const after = (cursor: Sequence): Promise<LogRecord[]> =>
    log.readAfter(cursor, Math.min(PAGE, head - cursor));
  let coming = after(0);
  try {
    for (let page = await coming; page.length > 0; page = await coming) {
      const last = page.at(-1)?.sequence ?? head;
      coming = last < head ? after(last) : Promise.resolve([]);
      yield page;
    }
  } finally {
    await coming; // also where nobody asks for it any more, so that its failure is somebody's
  }
}

function read(scene: Scene, record: LogRecord): void {
  const { to } = scene.ask;
  if (scene.isOver) return;
  scene.coverage.pass(record, scene.cursor);
  scene.cursor = record.sequence;
  if (to !== undefined && record.receivedAt > to && !isWrittenLater(record)) {
    scene.isOver = true;
    scene.end = undefined;
    // While the gateway was off nothing was seen, so nothing may fall due for those hours.
    if (record.kind !== 'gateway') scene.end = to;
    return;
  }
  for (const due of scene.opening.take(record)) act(scene, due);
}

/** Its moment of receipt says nothing of when it was written. */
const isWrittenLater = (record: LogRecord): boolean =>
  record.kind === 'derived' || (record.kind === 'reading' && record.doubt === 'restamped');

function act(scene: Scene, record: LogRecord): void {
  if (record.kind === 'derived') return;
  scene.coverage.cover(record);
  scene.records += 1;
  if (isRepeated(record)) for (const stage of scene.stages) stage.fold(record);
}

/** The moment up to which time passes after the last record; none where it stands there already. */
function endOf(
  { ask, end, coverage }: Scene,
  truncated: Truncation | undefined,
): Instant | undefined {
  const last = coverage.last();
  if (truncated || last === undefined || end === undefined) return undefined;
  const until = instant(Math.min(end, ask.to ?? Infinity));
  return until > last ? until : undefined;
}

function resultOf(scene: Scene, truncated: Truncation | undefined): Rehearsal {
  const { ask, opening, coverage, wait } = scene;
  const [before, after] = scene.stages.map(castOf) as [Cast, Cast];
  const cutAt = opening.cutAt();
  const begin = coverage.first();
  const completeFrom = cutAt === undefined ? begin : later(cutAt, wait);
  const from = instant(Math.max(begin ?? -Infinity, ask.from ?? -Infinity));
  const isShown = ({ raisedAt }: { readonly raisedAt: Instant }): boolean => raisedAt >= from;
  const shown = ({ alarms, tickets }: Cast): Cast => ({
    alarms: alarms.filter(isShown),
    tickets: tickets.filter(isShown),
  });
  const to = coverage.last();
  return {
    covers: {
      ...(begin !== undefined && {
        from,
        completeFrom: instant(Math.max(from, completeFrom ?? from)),
      }),
      ...(to !== undefined && { to }),
      days: coverage.days(from, completeFrom),
    },
    records: scene.records,
    ...(truncated && { truncated }),
    before: shown(before),
    after: shown(after),
    compared: compared(before.alarms, after.alarms).filter(
      (row) => isShown(row) || (row.wasRaisedAt ?? -Infinity) >= from,
    ),
  };
}

const castOf = (stage: Stage): Cast => ({ alarms: stage.alarms(), tickets: stage.tickets() });

/** What a rule waits for is named so: holdFor, silentFor, within. */
const SPAN = /For$|^within$/;
/** Gaps that are heard before a learned silence is believed. */
const LEARNED_FROM = 10;

/** The longest that any of them may wait before it speaks: one wait after the other, and its own rule's. */
export function longestWait(rules: readonly RuleSettings[], { devices }: Compound): Duration {
  const slowest = Math.max(0, ...[...devices.values()].map(({ every }) => every));
  const spanOf = (value: unknown): number => {
    if (value === 'learned') return LEARNED_FROM * slowest;
    return typeof value === 'number' ? value : 0;
  };
  const waitOf = (rule: RuleSettings): number =>
    Object.entries(rule).reduce((sum, [key, span]) => sum + (SPAN.test(key) ? spanOf(span) : 0), 0);
  const ofOthers = (rule: RuleSettings): number =>
    'of' in rule ? Math.max(0, ...rules.filter(({ id }) => id === rule.of).map(waitOf)) : 0;
  return milliseconds(Math.max(0, ...rules.map((rule) => waitOf(rule) + ofOthers(rule))));
}
