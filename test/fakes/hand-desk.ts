// A desk whose drawers a test fills by hand. It keeps the desk's contract (versions, keys, refusals,
// everything as it stands before each change) without the house behind it.
import type {
  AlarmAction,
  AssetAction,
  Answer,
  Desk,
  NewTicket,
  Readiness,
  TicketAction,
} from '../../gateway/api/desk.ts';
import type {
  DeviceView,
  LedgerRowView,
  LiveEvent,
  TicketView,
} from '../../gateway/api/schemas.ts';
import { isInSight } from '../../gateway/domain/ticket.ts';
import { handEvidence, type HandEvidence } from './hand-evidence.ts';
import { handAccounts } from './hand-accounts.ts';
import { afterAlarmAction } from './hand-alarm.ts';
import { handBoard, type HandBoard } from './hand-board.ts';
import { handKeys } from './hand-keys.ts';
import { handWeighed } from './hand-weighed.ts';
import { handReports, type HandReports } from './hand-reports.ts';
import { handLedger, type HandLedger } from './hand-ledger.ts';
import { handNotices, type HandNotices } from './hand-notices.ts';
import { handMaintenance } from './hand-maintenance.ts';
import { smallCompound, type Contents } from './small-compound.ts';
import { walkedSite } from './walked-site.ts';
import { waveOf } from './hand-series.ts';
import { NOTHING_REHEARSED } from './nothing-rehearsed.ts';

type SeriesQuery = Parameters<Desk['series']>[0];
type Refusal = Extract<Answer<never>, { ok: false }>;

export interface HandDesk
  extends Desk, HandEvidence, HandBoard, HandNotices, HandReports, HandLedger {
  /** Puts a thing in its place by its id and tells whoever watches. */
  put(event: LiveEvent): void;
  putDevice(device: DeviceView): void;
  setReadiness(readiness: Partial<Readiness>): void;
  /** Every command from now on is refused like this; with nothing, they are taken again. */
  refuse(refusal?: Omit<Refusal, 'ok'>): void;
  /** Every question from now on fails like this, as a broken house would. */
  breakWith(error: Error): void;
  /** What was asked, in order, as the desk heard it. */
  readonly asked: {
    readonly series: SeriesQuery[];
    readonly alarmActions: AlarmAction[];
    readonly assetActions: AssetAction[];
    readonly newTickets: NewTicket[];
    readonly ticketActions: TicketAction[];
    readonly readings: Parameters<Desk['takeReadings']>[0][];
    readonly rehearsals: Parameters<Desk['rehearse']>[0][];
  };
  watchers(): number;
}

/** One figure of each origin; the station's name is a formula in a careless sheet. */
export const LEDGER: readonly LedgerRowView[] = [
  {
    period: '2026-11-20',
    stream: 'wet',
    station: '=k1',
    kg: 412.5,
    basis: 'deposited',
    origin: 'measured',
    completeness: 0.9986,
    revision: 1,
    reopenedAt: '2026-11-21T02:00:00.000Z',
    lastYear: { kg: 390, origin: 'imported', completeness: 1 },
  },
  {
    period: '2026-11-20',
    stream: 'dry',
    kg: 1250,
    basis: 'collected',
    origin: 'imported',
    completeness: 1,
    source: 'crew',
  },
];

const byId = <T extends { id: string }>(list: readonly T[]): Map<string, T> =>
  new Map(list.map((one) => [one.id, one]));
const granted = <T>(value: T): Answer<T> => ({ ok: true, value });
const refused = (status: Refusal['status'], title: string, detail: string): Refusal => ({
  ok: false,
  status,
  title,
  detail,
});

export function handDesk(contents: Contents = smallCompound()): HandDesk {
  let { site, readiness } = contents;
  let refusal: Refusal | undefined;
  let broken: Error | undefined;
  const assets = byId(contents.assets);
  const alarms = byId(contents.alarms);
  const works = handMaintenance();
  const tickets = byId(contents.tickets);
  const sources = byId(contents.sources);
  const devices = byId(contents.devices);
  const answered = new Map<string, TicketView>();
  const listeners = new Set<(event: LiveEvent) => void>();
  const asked: HandDesk['asked'] = {
    series: [],
    alarmActions: [],
    assetActions: [],
    newTickets: [],
    ticketActions: [],
    readings: [],
    rehearsals: [],
  };
  const unlessBroken = (): void => {
    if (broken) throw broken;
  };
  const put = (event: LiveEvent): void => {
    if (event.kind === 'site') site = event.data;
    if (event.kind === 'asset') assets.set(event.data.id, event.data);
    if (event.kind === 'alarm') alarms.set(event.data.id, event.data);
    if (event.kind === 'ticket') tickets.set(event.data.id, event.data);
    if (event.kind === 'source') sources.set(event.data.id, event.data);
    for (const listener of listeners) listener(event);
  };
  const asItStands = (): LiveEvent[] => [
    { kind: 'site', data: site },
    ...[...assets.values()].map((data): LiveEvent => ({ kind: 'asset', data })),
    ...[...alarms.values()].map((data): LiveEvent => ({ kind: 'alarm', data })),
    ...[...tickets.values()].map((data): LiveEvent => ({ kind: 'ticket', data })),
    ...[...sources.values()].map((data): LiveEvent => ({ kind: 'source', data })),
  ];
  const kept = (ticket: TicketView, key: string | undefined): Answer<TicketView> => {
    if (key !== undefined) answered.set(key, ticket);
    put({ kind: 'ticket', data: ticket });
    return granted(ticket);
  };

  const desk: HandDesk = {
    ...handEvidence((action) => desk.ticketAction(action)),
    asked,
    put,
    putDevice: (device) => void devices.set(device.id, device),
    setReadiness: (change) => {
      readiness = { ...readiness, ...change };
    },
    refuse: (how) => {
      refusal = how && { ok: false, ...how };
    },
    breakWith: (error) => {
      broken = error;
    },
    watchers: () => listeners.size,
    ...handKeys(),
    ...handAccounts(),
    ...handReports(),
    ...handLedger(),
    ...handBoard(),
    ...handNotices(),
    ...handWeighed().desk,
    ...walkedSite().desk(),

    site() {
      unlessBroken();
      return site;
    },
    assets(kind) {
      unlessBroken();
      return [...assets.values()].filter((asset) => kind === undefined || asset.kind === kind);
    },
    async series(query) {
      unlessBroken();
      asked.series.push(query);
      const unit = assets.get(query.asset)?.latest[query.quantity]?.unit;
      if (unit !== undefined) return granted(waveOf(query, unit));
      return refused(404, 'No such series', `${query.asset} has no ${query.quantity}.`);
    },
    async ledger(query) {
      unlessBroken();
      const { from = '2026-11-01', to = '2026-11-30', by = 'day' } = query;
      if (from > to) return refused(422, 'That span cannot be shown', `${from} lies after ${to}.`);
      const about = { site: site.id, zone: site.zone, generatedAt: site.now, dataVersion: 'log 7' };
      return granted({ from, to, by, ...about, rows: [...LEDGER] });
    },
    async alarms(state) {
      unlessBroken();
      return [...alarms.values()].filter((alarm) => state === 'all' || !alarm.clearedAt);
    },
    async alarmAction(action) {
      unlessBroken();
      asked.alarmActions.push(action);
      const alarm = alarms.get(action.id);
      if (refusal) return refusal;
      if (!alarm) return refused(404, 'No such alarm', `There is no alarm ${action.id}.`);
      const data = afterAlarmAction(alarm, action);
      put({ kind: 'alarm', data });
      return granted(data);
    },
    maintenance: works.all,
    async assetAction(action) {
      unlessBroken();
      asked.assetActions.push(action);
      return refusal ?? granted(works.act(action, site.now));
    },
    async tickets({ state = 'all', seenBy, limit = 500, offset = 0 }) {
      unlessBroken();
      const ended = ['closed', 'declined', 'merged'];
      return [...tickets.values()]
        .filter((one) => state === 'all' || one.state === state || state === 'open')
        .filter((one) => state !== 'open' || !ended.includes(one.state))
        .filter((one) => !seenBy || isInSight(seenBy, one))
        .slice(offset, offset + limit);
    },
    async ticket(id) {
      unlessBroken();
      const ticket = tickets.get(id);
      return ticket ? granted(ticket) : refused(404, 'No such ticket', `There is no ticket ${id}.`);
    },
    coverage() {
      unlessBroken();
      return { buildingsWithoutSteward: [{ id: 'b3', name: '3号楼' }], teams: [] };
    },
    async openTicket(ticket) {
      unlessBroken();
      asked.newTickets.push(ticket);
      const before = answered.get(ticket.key ?? '');
      if (before) return granted(before);
      return refusal ?? kept(newTicket(ticket, tickets.size + 1, site.now), ticket.key);
    },
    async ticketAction(action) {
      unlessBroken();
      asked.ticketActions.push(action);
      const before = answered.get(action.key ?? '');
      if (before) return granted(before);
      const ticket = tickets.get(action.id);
      if (refusal) return refusal;
      if (!ticket) return refused(404, 'No such ticket', `There is no ticket ${action.id}.`);
      return (
        whyNot(ticket, action) ?? kept(afterTicketAction(ticket, action, site.now), action.key)
      );
    },
    async takeReadings(sent) {
      unlessBroken();
      asked.readings.push(sent);
      const device = sent.token === 'opensesame' ? 'k1' : undefined;
      if (!device) return refused(401, 'Who are you?', 'no device of the site file has this token');
      return refusal ?? granted({ device, readings: 1, rejected: {}, details: [] });
    },
    intake() {
      unlessBroken();
      return { sources: [...sources.values()], devices: [...devices.values()] };
    },
    async intakeDays({ day, from = day, to = day }) {
      unlessBroken();
      if ((from ?? '') > (to ?? '9')) return refused(422, 'No such span', `${from} is after ${to}`);
      const today = contents.intakeDays.slice(from === undefined ? -1 : 0);
      return granted(today.filter((one) => one.day >= (from ?? '') && one.day <= (to ?? '9')));
    },
    async losses({ source, device, reason, limit = 100, offset = 0 }) {
      unlessBroken();
      const wanted = contents.losses
        .filter((row) => source === undefined || row.source === source)
        .filter((row) => device === undefined || row.device === device)
        .filter((row) => reason === undefined || row.reason === reason);
      const losses = wanted.slice(offset, offset + limit);
      const isMore = wanted.length > offset + limit;
      return granted({ losses, ...(isMore && { next: offset + limit }) });
    },
    rejections: async (limit) => contents.rejections.slice(0, limit),
    deadLetters: async (limit) => contents.deadLetters.slice(0, limit),
    rules: () => contents.rules ?? [],
    rehearse: async (query) => {
      unlessBroken();
      asked.rehearsals.push(query);
      return refusal ?? granted(NOTHING_REHEARSED);
    },
    readiness: () => readiness,
    watch(listener) {
      for (const event of asItStands()) listener(event);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return desk;
}

function whyNot(ticket: TicketView, { action, version }: TicketAction): Refusal | undefined {
  if (version !== undefined && version !== ticket.version) {
    return refused(409, 'Somebody was first', `The ticket is at version ${ticket.version}.`);
  }
  if (ticket.actions.includes(action)) return undefined;
  return refused(422, 'Not from here', `A ticket that is ${ticket.state} cannot ${action}.`);
}

const LEADS_TO: Record<string, TicketView['state']> = {
  answer: 'answered',
  decline: 'declined',
  merge: 'merged',
  rectify: 'rectified',
  inspect: 'inspected',
  'look-back': 'looked-back',
  reopen: 'answered',
};

function afterTicketAction(ticket: TicketView, done: TicketAction, at: string): TicketView {
  const to = LEADS_TO[done.action] ?? ticket.state;
  const step = { at, ...done.actor, action: done.action, from: ticket.state, to };
  const version = ticket.version + 1;
  const { photos = [] } = done.body as { photos?: string[] };
  const more = { photos: [...ticket.photos, ...photos], history: [...ticket.history, step] };
  return { ...ticket, state: to, version, ...more };
}

function newTicket({ body, actor }: NewTicket, number: number, at: string): TicketView {
  return {
    id: `ticket-${number}`,
    number,
    category: body.category as TicketView['category'],
    severity: (body.severity ?? 'low') as TicketView['severity'],
    ...(body.asset === undefined ? {} : { asset: body.asset }),
    place: body.place ?? '绿苑小区',
    title: body.title,
    route: 'full',
    state: 'raised',
    team: 'engineers',
    raisedBy: actor.by,
    raisedAt: at,
    returns: 0,
    version: 1,
    alarms: [],
    photos: [],
    history: [{ at, ...actor, action: 'raise', from: 'none', to: 'raised' }],
    actions: ['answer', 'decline', 'merge', 'assign', 'take', 'comment'],
  };
}
