// What becomes of everything that is remembered when the clock that stamped it was wrong. Pure but for
// the Standing: the log says by how much, and folding it again moves the same things again.
//
//   what waits and counts a span   a hold, a silence, a shelf           moves: it goes on where it stood
//   what this run has stamped      heard at, raised at, a history       moves: it was as wrong as the clock
//   what earlier runs have stamped                                      stays: it was another clock's word
//   what people said as a date     when work is due                     stays: they looked at a calendar
//
// So a jump of the clock makes nothing fall due and lets nothing vanish. A shelf is asked for as a span
// of quiet from now on, and so belongs to the run that it was asked in; one from an earlier run keeps
// the end that was said then.
import type { Alarm } from '../../domain/alarm.ts';
import type { Flood } from '../../domain/flood.ts';
import type { Maintenance } from '../../domain/maintenance.ts';
import type { ClockEntry, GatewayEntry, Recorded } from '../../domain/record.ts';
import type { SettledWeight } from '../../domain/settled-weight.ts';
import type {
  AssetStanding,
  DeviceStanding,
  Latest,
  Standing,
  Watch,
} from '../../domain/standing.ts';
import {
  stretchesAfterNote,
  stretchesAfterStart,
  stretchesAfterStep,
} from '../../domain/stretch.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { instant, moved, type Instant } from '../../domain/time.ts';
import type { Trace } from '../../domain/trace.ts';

type Move = (moment: Instant) => Instant;

/** How each kind of moment moves. */
interface Moves {
  /** What a span is counted from. */
  readonly pending: Move;
  /** A stamp that ages are told from: never later than what the clock can say. */
  readonly stamp: Move;
  /** A stamp in a history, which nobody may change but its own run. */
  readonly history: Move;
}

/**
 * A run begins. Where its clock stands before the last word of the run before, one of the two is
 * wrong; ages go on as they were when that run ended, and no span grows or shrinks.
 */
export function beginRun(standing: Standing, record: Recorded<GatewayEntry>): void {
  const { lastAt, stretches = [] } = standing.gateway();
  const backMs = record.receivedAt - lastAt;
  if (lastAt > 0 && backMs < 0) {
    const back: Move = (moment) => moved(moment, backMs);
    moveAll(standing, { pending: back, stamp: back, history: (moment) => moment });
  }
  const { receivedAt, boot = '', clock = 'unknown' } = record;
  standing.putGateway({
    startedAt: receivedAt,
    wokeAt: receivedAt,
    lastAt: instant(Math.min(lastAt, receivedAt)),
    boot,
    clock,
    stretches: stretchesAfterStart(stretches, record),
  });
}

/** The clock is put right, or believed as it is. */
export function setClock(standing: Standing, record: Recorded<ClockEntry>): void {
  const { boot, stepMs, receivedAt, state } = record;
  const { startedAt, wokeAt = startedAt, stretches = [], boot: here } = standing.gateway();
  if (boot !== here) return;
  if (stepMs !== 0) moveAll(standing, movesBy(stepMs, startedAt));
  standing.putGateway({
    startedAt: moved(startedAt, stepMs),
    wokeAt: moved(wokeAt, stepMs),
    lastAt: receivedAt,
    ...(state !== undefined && { clock: state }),
    stretches: stretchesAfterStep(stretches, record),
  });
}

/** A part of what had no moment stands in the log at its right one. */
export function noteRestamped(standing: Standing, through: number): void {
  const { stretches = [] } = standing.gateway();
  standing.putGateway({ stretches: stretchesAfterNote(stretches, through) });
}

function movesBy(stepMs: number, startedAt: Instant): Moves {
  const here = moved(startedAt, stepMs);
  const isOurs = (moment: Instant): boolean => moment >= startedAt;
  return {
    pending: (moment) => moved(moment, stepMs),
    stamp: (moment) => (isOurs(moment) ? moved(moment, stepMs) : instant(Math.min(moment, here))),
    history: (moment) => (isOurs(moment) ? moved(moment, stepMs) : moment),
  };
}

function moveAll(standing: Standing, moves: Moves): void {
  const { devices, sources, watches, weights, assets, alarms, tickets } = standing;
  // Before the assets: whether a weight was dated by us is told by its latest reading.
  for (const [id, weight] of weights.all())
    if (isDatedByUs(assets.get(id))) weights.put(id, movedWeight(weight, moves));
  moveFills(standing, moves);
  for (const [id, trace] of standing.traces.all())
    standing.traces.put(id, movedTrace(trace, moves));
  for (const [id, raised] of standing.raisings.all())
    standing.raisings.put(id, raised.map(moves.history));
  for (const [id, asset] of assets.all()) assets.put(id, movedAsset(asset, moves));
  for (const [id, device] of devices.all()) devices.put(id, movedDevice(device, moves));
  for (const [id, source] of sources.all())
    sources.put(id, { ...source, since: moves.stamp(source.since) });
  for (const [id, watch] of watches.all())
    if (hasMoments(watch)) watches.put(id, movedWatch(watch, moves));
  for (const [team, flood] of standing.floods.all())
    standing.floods.put(team, movedFlood(flood, moves));
  for (const [id, work] of standing.maintenance.all())
    standing.maintenance.put(id, movedWork(work, moves));
  for (const [id, alarm] of alarms.all()) alarms.put(id, movedAlarm(alarm, moves));
  for (const [id, ticket] of tickets.all()) tickets.put(id, movedTicket(ticket, moves));
}

/** Each of these keys of `of` that it has, moved. */
function movedKeys<T extends object>(of: T, keys: readonly (keyof T)[], move: Move): T {
  const changed = keys.flatMap((key) => {
    const moment: unknown = of[key];
    return typeof moment === 'number' ? [[key, move(instant(moment))]] : [];
  });
  return { ...of, ...Object.fromEntries(changed) };
}

function movedDevice(device: DeviceStanding, { stamp }: Moves): DeviceStanding {
  const stamped = movedKeys(device, ['heardAt', 'pardonedAt', 'linkAt', 'laggingSince'], stamp);
  const { pace } = device;
  return pace ? { ...stamped, pace: movedKeys(pace, ['since', 'at'], stamp) } : stamped;
}

/** Kept by the moments of receipt, which are ours. */
function movedTrace(trace: Trace, { stamp }: Moves): Trace {
  const { starts, stretches } = trace;
  return {
    ...movedKeys(trace, ['at', 'since'], stamp),
    ...(starts && { starts: starts.map((point) => movedKeys(point, ['at'], stamp)) }),
    ...(stretches && { stretches: stretches.map((one) => movedKeys(one, ['since'], stamp)) }),
  };
}

const movedAsset = ({ latest }: AssetStanding, moves: Moves): AssetStanding => ({
  latest: Object.fromEntries(
    Object.entries(latest).map(([quantity, value]) => [quantity, movedLatest(value, moves)]),
  ),
});

/** A device’s own word for its moment has nothing to do with our clock. */
function movedLatest(latest: Latest, { stamp }: Moves): Latest {
  const keys = ['receivedAt', 'changedAt'] as const;
  const isOurs = latest.observedAt === latest.receivedAt;
  return movedKeys(latest, isOurs ? [...keys, 'observedAt'] : keys, stamp);
}

function isDatedByUs(asset: AssetStanding | undefined): boolean {
  const { net } = asset?.latest ?? {};
  return net !== undefined && net.observedAt === net.receivedAt;
}

const movedWeight = (weight: SettledWeight, { stamp }: Moves): SettledWeight => ({
  ...weight,
  at: stamp(weight.at),
  ...(weight.moving && { moving: movedKeys(weight.moving, ['since'], stamp) }),
  ...(weight.before && { before: movedKeys(weight.before, ['at'], stamp) }),
  ...(weight.away && { away: movedKeys(weight.away, ['since'], stamp) }),
  ...(weight.recent && { recent: weight.recent.map((one) => movedKeys(one, ['at'], stamp)) }),
  ...(weight.steps && { steps: weight.steps.map((one) => movedKeys(one, ['at'], stamp)) }),
});

/** Fills have no moment of their own that the books depend on: what is watched is watched anew. */
function moveFills({ fillLevels, assets }: Standing, { stamp }: Moves): void {
  for (const [id, level] of fillLevels.all()) {
    const { fall: _fall, ...rest } = level;
    const { fill } = assets.get(id)?.latest ?? {};
    if (fill === undefined || fill.observedAt !== fill.receivedAt) continue;
    const recent = level.recent.map((point) => movedKeys(point, ['at'], stamp));
    fillLevels.put(id, { ...movedKeys(rest, ['roseAt'], stamp), recent });
  }
}

const hasMoments = ({ since, clearSince, freshFrom, returns }: Watch): boolean =>
  [since, clearSince, freshFrom, returns].some((moment) => moment !== undefined);

function movedWatch(watch: Watch, { pending, stamp }: Moves): Watch {
  const waiting = movedKeys(watch, ['since'], watch.phase === 'holding' ? pending : stamp);
  const next = movedKeys(movedKeys(waiting, ['clearSince'], pending), ['freshFrom'], stamp);
  return watch.returns === undefined ? next : { ...next, returns: watch.returns.map(stamp) };
}

const movedFlood = (flood: Flood, { pending }: Moves): Flood => ({
  ...flood,
  arrivals: flood.arrivals.map((arrival) => movedKeys(arrival, ['at'], pending)),
});

/** Its end is a span from when it was said, like a shelf's. */
function movedWork(work: Maintenance, { history }: Moves): Maintenance {
  const byMs = history(work.since) - work.since;
  const next = movedKeys(work, ['since', 'endedAt'], history);
  return movedKeys(next, ['until'], (moment) => moved(moment, byMs));
}

const ALARM_STAMPS = [
  'raisedAt',
  'clearedAt',
  'returnedAt',
  'acknowledgedAt',
  'askedAt',
  'shelvedAt',
  'takenOutAt',
] as const;

function movedAlarm(alarm: Alarm, { history }: Moves): Alarm {
  const { shelvedAt, acknowledgedAt } = alarm;
  const along = (from: Instant | undefined): Move => {
    const byMs = from === undefined ? 0 : history(from) - from;
    return (moment) => moved(moment, byMs);
  };
  const stamped = movedKeys(alarm, ALARM_STAMPS, history);
  const shelf = movedKeys(stamped, ['shelvedUntil'], along(shelvedAt));
  return movedKeys(shelf, ['reAlarmAt'], along(acknowledgedAt));
}

/** Times that follow from a step move with it; a due time that a person has set stays. */
function movedTicket(ticket: Ticket, { history }: Moves): Ticket {
  const begun = ticket.history.findLast(({ from, to }) => from !== to)?.at ?? ticket.raisedAt;
  const byMs = history(begun) - begun;
  const along: Move = (moment) => moved(moment, byMs);
  const due = ticket.dueSetBy === undefined ? (['dueAt', 'soonAt'] as const) : [];
  const follow = ['parkedUntil', 'lookBackAt', 'closesAt', 'waitingSince', ...due] as const;
  return {
    ...movedKeys(movedKeys(ticket, ['raisedAt'], history), follow, along),
    history: ticket.history.map((step) => movedKeys(step, ['at'], history)),
  };
}
