// What the API asks of the house, answered: the present from the fold's state, the past from the
// books, commands through their queue.
import type { AccountsDesk, NoticesDesk, Answer, Desk, Readiness } from '../api/desk.ts';
import type { DeviceView, SeriesView, SiteView, SourceView } from '../api/schemas.ts';
import type { Patrol } from '../domain/patrol.ts';
import { isQuantity, QUANTITIES } from '../domain/quantity.ts';
import {
  hours,
  instant,
  minutes,
  seconds,
  days,
  type Clock,
  type Duration,
} from '../domain/time.ts';
import type { AddressDoubt } from '../domain/address-doubt.ts';
import type { WorkSettings } from '../domain/work.ts';
import { isUnderWay } from '../domain/maintenance.ts';
import type { Books, Ledger } from '../store/log.ts';
import type { Ask } from './command.ts';
import type { Commands } from './commands.ts';
import { createEvidenceDesk, type Kept } from './evidence/evidence-desk.ts';
import { createLedgerBookDesk } from './weights/ledger-book-desk.ts';
import { createLedgerDesk } from './weights/ledger-desk.ts';
import { createLabelDesk } from './residents/label-desk.ts';
import { createPostDesk } from './residents/post-desk.ts';
import { createPatrolDesk } from './patrols/patrol-desk.ts';
import type { Phones } from './residents/report-phones.ts';
import { createReportDesk } from './residents/report-desk.ts';
import { createWeighedDesk } from './weights/weighed-desk.ts';
import { createTicketDesk } from './tickets/ticket-desk.ts';
import { createLossDesk } from './losses/loss-desk.ts';
import type { Live } from './live.ts';
import { alarmView, assetView, isShown, iso, maintenanceView, type ViewScene } from './views.ts';

export interface DeskParts {
  readonly scene: ViewScene;
  readonly books: Books;
  readonly ledger: Ledger;
  /** The last sequence of the log. */
  readonly head: () => number;
  readonly commands: Commands;
  readonly live: Live;
  readonly clock: Clock;
  readonly site: () => SiteView;
  readonly sources: () => SourceView[];
  readonly devices: () => DeviceView[];
  readonly readiness: () => Readiness;
  readonly takeReadings: Desk['takeReadings'];
  readonly rehearse: Desk['rehearse'];
  readonly rules: Desk['rules'];
  readonly accounts: AccountsDesk;
  readonly kept: Kept;
  /** Residents' telephone numbers go into the log as they are where absent. */
  readonly phones?: Phones;
  readonly notices: NoticesDesk;
  /** How work is done here; the defaults where absent. */
  readonly work?: WorkSettings;
  /** The routes that people walk. */
  readonly patrols?: ReadonlyMap<string, Patrol>;
  /** What speaks against the address that is printed. */
  readonly reach?: readonly AddressDoubt[];
  readonly keys: Pick<Desk, 'secrets' | 'makeSecret' | 'revokeSecret'>;
}

const LIST_LIMIT = 500;
/** Enough for a wide chart, few enough for a phone. */
const POINTS_WANTED = 400;
const POINTS_MOST = 10_000;

export function createDesk(parts: DeskParts): Desk {
  const { scene, books, clock, live } = parts;
  const desk: Desk = {
    site: parts.site,
    assets: (kind) =>
      [...scene.compound.assets.values()]
        .filter(isShown)
        .filter((asset) => kind === undefined || asset.kind === kind)
        .map((asset) => assetView(scene, asset, clock.now())),
    series: (query) => series(parts, query),
    alarms: async (state) =>
      (await books.alarms(state, LIST_LIMIT)).map((alarm) => alarmView(scene, alarm)),
    alarmAction: async ({ id, ...ask }) =>
      mapped(await parts.commands.alarmAction(id, withInstants(ask)), (alarm) =>
        alarmView(scene, alarm),
      ),
    maintenance: () =>
      [...scene.standing.maintenance.all()]
        .map(([, work]) => work)
        .filter(isUnderWay)
        .map(maintenanceView),
    assetAction: async ({ id, ...ask }) =>
      mapped(
        await parts.commands.assetAction({ id, assets: scene.compound.assets }, withInstants(ask)),
        maintenanceView,
      ),
    ...createTicketDesk(parts),
    ...createPatrolDesk(parts),
    ...createReportDesk(parts),
    ...parts.notices,
    ...createPostDesk(parts),
    ...createLabelDesk({ ...parts, compound: scene.compound, reach: parts.reach ?? [] }),
    ledger: createLedgerDesk({ ...parts, place: scene.compound.place }),
    ...createLedgerBookDesk(parts),
    ...createWeighedDesk(parts),
    takeReadings: parts.takeReadings,
    rehearse: parts.rehearse,
    rules: parts.rules,
    ...parts.accounts,
    ...parts.keys,
    ...intakeDesk(parts),
    readiness: parts.readiness,
    watch: (listener) => live.watch(listener),
    ...createEvidenceDesk({ ...parts.kept, ticketAction: (action) => desk.ticketAction(action) }),
  };
  return desk;
}

function intakeDesk({ scene, books, clock, sources, devices }: DeskParts) {
  const { days, losses } = createLossDesk({ place: scene.compound.place, books, clock });
  return {
    intake() {
      const { startedAt } = scene.standing.gateway();
      const since = startedAt > 0 ? { since: iso(startedAt) } : {};
      return { ...since, sources: sources(), devices: devices() };
    },
    intakeDays: days,
    losses,
    async rejections(limit) {
      const found = await books.rejections(limit);
      return found.map(({ receivedAt, sequence: _sequence, ...rest }) => ({
        at: iso(receivedAt),
        ...rest,
      }));
    },
    deadLetters: async (limit) =>
      (await books.deadLetters(limit)).map(({ at, ...rest }) => ({ at: iso(at), ...rest })),
  } satisfies Partial<Desk>;
}

const noSuch = (what: string, id: string, status: 404 | 422 = 404): Answer<never> => ({
  ok: false,
  status,
  title: `No such ${what}`,
  detail: `there is no ${what} ${id}`,
});

function mapped<A, B>(answer: Answer<A>, map: (value: A) => B): Answer<B> {
  return answer.ok ? { ok: true, value: map(answer.value) } : answer;
}

/** Moments come as ISO 8601 and are kept as instants. */
function withInstants(ask: Ask): Ask {
  const body = { ...ask.body };
  for (const name of ['until', 'dueAt']) {
    if (typeof body[name] === 'string') body[name] = Date.parse(body[name]);
  }
  return { ...ask, body };
}

async function series(
  parts: DeskParts,
  query: Parameters<Desk['series']>[0],
): Promise<Answer<SeriesView>> {
  const { asset, quantity } = query;
  if (!parts.scene.compound.assets.has(asset)) return noSuch('asset', asset);
  if (!isQuantity(quantity)) return noSuch('quantity', quantity);
  const [from, to] = [instant(query.from), instant(query.to)];
  const step = query.stepS === undefined ? niceStep(to - from) : seconds(query.stepS);
  if ((to - from) / step > POINTS_MOST) {
    return {
      ok: false,
      status: 422,
      title: 'Too many points',
      detail: `more than ${POINTS_MOST} points; ask for a wider step`,
    };
  }
  const points = await parts.books.series({ asset, quantity, from, to, step });
  return { ok: true, value: { unit: QUANTITIES[quantity].unit, stepS: step / 1000, points } };
}

const NICE: readonly Duration[] = [
  seconds(1),
  seconds(5),
  seconds(10),
  seconds(30),
  minutes(1),
  minutes(5),
  minutes(15),
  minutes(30),
  hours(1),
  hours(3),
  hours(6),
  days(1),
  days(7),
];

const niceStep = (span: number): Duration =>
  NICE.find((step) => span / step <= POINTS_WANTED) ??
  days(Math.ceil(span / POINTS_WANTED / days(1)));
