// Every address that the gateway answers to, who may ask there, and what answers. All of it.
import { COLLECTION_ACTIONS, SITE_ACTIONS } from '../domain/on-site.ts';
import { ROLES } from '../domain/ticket.ts';
import { actOnAlarm, listAlarms } from './alarms.ts';
import { readAudit, readEvidence } from './audit.ts';
import { listAssets, readAsset, readSite } from './assets.ts';
import { countBags, listBagCounts } from './bag-counts.ts';
import { readCoverage } from './coverage.ts';
import { ROUND_VERBS } from './desk-patrols.ts';
import type { Desk } from './desk.ts';
import { docsPages } from './docs.ts';
import { listSecrets, makeSecret, revokeSecret } from './device-secrets.ts';
import { del, get, post, put, type Endpoint, type Route } from './endpoint.ts';
import { readHealth, readReadiness, readVersion } from './health.ts';
import { readLedger, readLedgerCsv, readLedgerXlsx } from './ledger.ts';
import {
  askCorrection,
  decideCorrection,
  listCorrections,
  listNextBins,
  readLedgerDay,
  readWindows,
} from './ledger-book.ts';
import { listLabels } from './labels.ts';
import { listDeadLetters, listLosses, listRejections, readIntake } from './intake.ts';
import { actOnAsset, listMaintenance } from './maintenance.ts';
import { readMetrics, type MetricsPage } from './metrics.ts';
import {
  dropNotice,
  listNotices,
  readReach,
  readTelling,
  retryNotice,
  setReach,
} from './notices.ts';
import { addPerson, changePerson, listPeople, setPassword, setPersonState } from './people.ts';
import { listPatrols } from './patrols.ts';
import { actOnSite, readPlace, readPlaceHistory } from './on-site.ts';
import { addPhotos, readPhoto } from './photos.ts';
import { addPost, BOARD_WRITERS, changePost, listPosts, withdrawPost } from './posts.ts';
import { readJointMeeting, readProblems, readProblemsCsv } from './problems.ts';
import { postReadings } from './readings.ts';
import { listRules, rehearseRules } from './rehearsal.ts';
import type { Open311 } from './open311/index.ts';
import type { ResidentPages } from './resident/index.ts';
import { actOnRound, listRounds, readRound, startRound } from './rounds.ts';
import type { Screens } from './screens.ts';
import { readSeries } from './series.ts';
import { makeFirstPerson, readSession, signIn, signOut, type May } from './sign-in.ts';
import { STAFF, TICKET_ACTIONS, TICKET_VERBS } from './ticket-actions.ts';
import { actOnTicket, listTickets, openTicket, readTicket } from './tickets.ts';
import {
  askDisplayCode,
  askPairing,
  endToken,
  listTokens,
  makeKey,
  pairDisplay,
} from './tokens.ts';
import { listWeighed } from './weighed.ts';

/** Whether or not anybody is signed in. */
const ANYONE = ['nobody', ...ROLES] as const;
/** Who has an account of their own, and therefore sessions, a password. */
const PERSONS = ['volunteer', ...STAFF] as const;
/** Also the board at the station, which nobody is signed in to; of its own station only (scope.ts). */
const BOARD = ['display', ...PERSONS] as const;
/** What is wrong: the station's board, and all who work. */
const SEES_ALARMS = ['display', ...STAFF] as const;
/** What the compound is judged by. */
const REVIEWS = ['engineer', 'committee', 'reviewer', 'manager', 'admin'] as const;
/** Keeps rosters; lets screens and programs in. */
const RUNS_THE_HOUSE = ['manager', 'admin'] as const;
/** Agrees to what another has put right in the books. */
const DECIDES = ['reviewer', 'manager', 'admin'] as const;
const ADMIN = ['admin'] as const;
/** Whoever puts a sensor up gives it its secret. */
const KEEPS_KEYS = ['engineer', 'admin'] as const;
/** Who walks patrols. */
const WALKS = ['cleaner', 'steward', 'engineer', 'committee', 'reviewer', 'manager'] as const;
/** Who empties bins, and the board where it was done. */
const EMPTIES = ['display', 'cleaner', 'engineer', 'manager'] as const;
const ON_DUTY = ['engineer', 'manager', 'admin'] as const;

interface Parts {
  readonly desk: Desk;
  readonly version: string;
  readonly live: Endpoint;
  /** What a role may ask for; told to whoever asks who they are. */
  readonly may?: May;
  readonly document: Endpoint;
  readonly screens: Screens;
  /** Where nobody measures there is no page of measures. */
  readonly metrics?: MetricsPage | undefined;
  readonly residents?: ResidentPages;
  readonly open311?: Open311;
}

export const routes = (parts: Parts): Route[] => [
  ...itself(parts),
  ...docs(docsPages()),
  ...accounts(parts.desk, parts.may ?? (() => [])),
  ...board(parts.desk, parts.live),
  ...work(parts.desk),
  ...patrols(parts.desk),
  ...books(parts.desk),
  ...pages(parts.screens),
  ...(parts.residents ? residents(parts.residents) : []),
  ...(parts.open311 ? geoReport(parts.open311) : []),
];

/** How the gateway is, and what. */
const itself = ({ desk, version, document, metrics }: Parts): Route[] => [
  get('/healthz', ANYONE, readHealth()),
  get('/readyz', ANYONE, readReadiness(desk)),
  get('/version', ANYONE, readVersion(version)),
  get('/openapi.json', ANYONE, document),
  ...(metrics ? [get('/metrics', ANYONE, readMetrics(metrics))] : []),
];

const board = (desk: Desk, live: Endpoint): Route[] => [
  get('/api/v1/site', BOARD, readSite(desk)),
  get('/api/v1/assets', BOARD, listAssets(desk)),
  get('/api/v1/assets/:id', BOARD, readAsset(desk)),
  get('/api/v1/series/:asset/:quantity', BOARD, readSeries(desk)),
  get('/api/v1/live', BOARD, live),
  get('/api/v1/posts', BOARD, listPosts(desk)),
  post('/api/v1/posts', BOARD_WRITERS, addPost(desk)),
  put('/api/v1/posts/:id', BOARD_WRITERS, changePost(desk)),
  del('/api/v1/posts/:id', BOARD_WRITERS, withdrawPost(desk)),
  get('/api/v1/labels', ON_DUTY, listLabels(desk)),
];

const work = (desk: Desk): Route[] => [
  get('/api/v1/alarms', SEES_ALARMS, listAlarms(desk)),
  get('/api/v1/alarms/:id/evidence', STAFF, readEvidence(desk)),
  post('/api/v1/alarms/:id/acknowledge', ON_DUTY, actOnAlarm(desk, 'acknowledge')),
  post('/api/v1/alarms/:id/shelve', ON_DUTY, actOnAlarm(desk, 'shelve')),
  post('/api/v1/alarms/:id/unshelve', ON_DUTY, actOnAlarm(desk, 'unshelve')),
  post('/api/v1/alarms/:id/take-out', ON_DUTY, actOnAlarm(desk, 'take-out')),
  post('/api/v1/alarms/:id/put-back', ON_DUTY, actOnAlarm(desk, 'put-back')),
  get('/api/v1/maintenance', STAFF, listMaintenance(desk)),
  post('/api/v1/assets/:id/maintenance', ON_DUTY, actOnAsset(desk, 'maintain')),
  post('/api/v1/assets/:id/maintenance/end', ON_DUTY, actOnAsset(desk, 'release')),

  get('/api/v1/assets/:id/place', STAFF, readPlace(desk)),
  get('/api/v1/assets/:id/history', STAFF, readPlaceHistory(desk)),
  ...COLLECTION_ACTIONS.map((action) =>
    post(`/api/v1/assets/:id/${action}`, EMPTIES, actOnSite(desk, action)),
  ),
  ...SITE_ACTIONS.map((action) =>
    post(`/api/v1/assets/:id/${action}`, ON_DUTY, actOnSite(desk, action)),
  ),

  get('/api/v1/rules', ON_DUTY, listRules(desk)),
  post('/api/v1/rehearsal', ON_DUTY, rehearseRules(desk)),

  get('/api/v1/coverage', REVIEWS, readCoverage(desk)),
  get('/api/v1/tickets', STAFF, listTickets(desk)),
  post('/api/v1/tickets', STAFF, openTicket(desk)),
  get('/api/v1/tickets/:id', STAFF, readTicket(desk)),
  ...TICKET_VERBS.map((verb) =>
    post(`/api/v1/tickets/:id/${verb}`, TICKET_ACTIONS[verb].roles, actOnTicket(desk, verb)),
  ),

  post('/api/v1/tickets/:id/photos', STAFF, addPhotos(desk)),
  get('/api/v1/photos/:id', STAFF, readPhoto(desk)),
  get('/api/v1/audit', RUNS_THE_HOUSE, readAudit(desk)),

  get('/api/v1/telling', ON_DUTY, readTelling(desk)),
  get('/api/v1/notices', ON_DUTY, listNotices(desk)),
  post('/api/v1/notices/:id/retry', ON_DUTY, retryNotice(desk)),
  post('/api/v1/notices/:id/drop', ON_DUTY, dropNotice(desk)),
];

const patrols = (desk: Desk): Route[] => [
  get('/api/v1/patrols', STAFF, listPatrols(desk)),
  get('/api/v1/rounds', STAFF, listRounds(desk)),
  post('/api/v1/rounds', WALKS, startRound(desk)),
  get('/api/v1/rounds/:id', STAFF, readRound(desk)),
  ...ROUND_VERBS.map((verb) => post(`/api/v1/rounds/:id/${verb}`, WALKS, actOnRound(desk, verb))),
  get('/api/v1/bag-counts', STAFF, listBagCounts(desk)),
  post('/api/v1/bag-counts', WALKS, countBags(desk)),

  get('/api/v1/problems', REVIEWS, readProblems(desk)),
  get('/api/v1/problems.csv', REVIEWS, readProblemsCsv(desk)),
  get('/api/v1/joint-meeting', REVIEWS, readJointMeeting(desk)),
];

const books = (desk: Desk): Route[] => [
  get('/api/v1/deposits', REVIEWS, listWeighed(desk, 'deposit')),
  get('/api/v1/collections', ['cleaner', ...REVIEWS], listWeighed(desk, 'collection')),
  get('/api/v1/ledger', REVIEWS, readLedger(desk)),
  get('/api/v1/ledger.csv', REVIEWS, readLedgerCsv(desk)),
  get('/api/v1/ledger.xlsx', REVIEWS, readLedgerXlsx(desk)),
  get('/api/v1/ledger/day', REVIEWS, readLedgerDay(desk)),
  get('/api/v1/ledger/corrections', REVIEWS, listCorrections(desk)),
  // Two people: one who runs the house asks, another decides. That they are two, the desk says.
  post('/api/v1/ledger/corrections', RUNS_THE_HOUSE, askCorrection(desk)),
  post('/api/v1/ledger/corrections/:id/approve', DECIDES, decideCorrection(desk, 'approve')),
  post('/api/v1/ledger/corrections/:id/refuse', DECIDES, decideCorrection(desk, 'refuse')),
  get('/api/v1/windows', REVIEWS, readWindows(desk)),
  get('/api/v1/rounds/collection', STAFF, listNextBins(desk)),

  // Devices show a token, which says which of them it is; a person's role says nothing here.
  post('/api/v1/readings', ANYONE, postReadings(desk)),
  get('/api/v1/intake', ON_DUTY, readIntake(desk)),
  get('/api/v1/intake/losses', ON_DUTY, listLosses(desk)),
  get('/api/v1/intake/rejections', ON_DUTY, listRejections(desk)),
  get('/api/v1/intake/dead-letters', ON_DUTY, listDeadLetters(desk)),

  get('/api/v1/devices/secrets', KEEPS_KEYS, listSecrets(desk)),
  post('/api/v1/devices/:id/secret', KEEPS_KEYS, makeSecret(desk)),
  del('/api/v1/devices/:id/secret', KEEPS_KEYS, revokeSecret(desk)),
];

const pages = (screens: Screens): Route[] => [
  get('/', ANYONE, screens.page('index.html')),
  get('/signin', ANYONE, screens.page('signin/index.html')),
  get('/people', ANYONE, screens.page('people/index.html')),
  get('/people/*', ANYONE, screens.page('people/index.html')),
  get('/me', ANYONE, screens.page('people/index.html')),
  get('/kiosk', ANYONE, screens.page('kiosk/index.html')),
  get('/kiosk/:station', ANYONE, screens.page('kiosk/index.html')),
  get('/engineer', ANYONE, screens.page('engineer/index.html')),
  get('/engineer/*', ANYONE, screens.page('engineer/index.html')),
  get('/manager', ANYONE, screens.page('manager/index.html')),
  get('/manager/board', ANYONE, screens.page('manager/index.html')),
  get('/manager/problems', ANYONE, screens.page('manager/index.html')),
  get('/manager/meeting', ANYONE, screens.page('manager/index.html')),
  get('/manager/windows', ANYONE, screens.page('manager/index.html')),
  get('/manager/corrections', ANYONE, screens.page('manager/index.html')),
  get('/manager/day/:day', ANYONE, screens.page('manager/index.html')),
  get('/patrol', ANYONE, screens.page('patrol/index.html')),
  get('/patrol/*', ANYONE, screens.page('patrol/index.html')),
  get('/labels', ANYONE, screens.page('labels/index.html')),
  get('/assets/*', ANYONE, screens.asset()),
];

/** Without an account; whoever has a report's secret is the resident. */
const residents = (its: ResidentPages): Route[] => [
  get('/r/:code', ANYONE, its.form),
  post('/r/:code', ANYONE, its.report),
  get('/f/:secret', ANYONE, its.follow),
  post('/f/:secret/more', ANYONE, its.add),
  post('/f/:secret/rating', ANYONE, its.rate),
  get('/f/:secret/photos/:id', ANYONE, its.photo),
];

/** Reading is for anybody; telling takes a key among the fields. */
const geoReport = (its: Open311): Route[] => [
  get('/open311/v2/services.json', ANYONE, its.services),
  get('/open311/v2/services/:code.json', ANYONE, its.definition),
  get('/open311/v2/requests.json', ANYONE, its.requests),
  post('/open311/v2/requests.json', ANYONE, its.post),
  get('/open311/v2/requests/:id.json', ANYONE, its.request),
  get('/open311/v2/tokens/:id.json', ANYONE, its.token),
  get('/open311/v2/*', ANYONE, its.nothing),
];

const docs = ({ page, script, files }: ReturnType<typeof docsPages>): Route[] => [
  get('/docs', ANYONE, page),
  get('/docs/open.js', ANYONE, script),
  ...files.map(([name, file]) => get(`/docs/${name}`, ANYONE, file)),
];

const accounts = (desk: Desk, may: May): Route[] => [
  get('/api/v1/session', ANYONE, readSession(desk, may)),
  post('/api/v1/session', ANYONE, signIn(desk, may)),
  del('/api/v1/session', ANYONE, signOut(desk, may)),
  // Only where there is nobody yet, and only from this machine: the desk says so.
  post('/api/v1/first-person', ANYONE, makeFirstPerson(desk, may)),

  get('/api/v1/people', ON_DUTY, listPeople(desk)),
  post('/api/v1/people', ADMIN, addPerson(desk)),
  put('/api/v1/people/:id', RUNS_THE_HOUSE, changePerson(desk)),
  post('/api/v1/people/:id/disable', ADMIN, setPersonState(desk, 'disable')),
  post('/api/v1/people/:id/enable', ADMIN, setPersonState(desk, 'enable')),
  post('/api/v1/people/:id/password', PERSONS, setPassword(desk)),
  get('/api/v1/people/:id/reach', PERSONS, readReach(desk)),
  put('/api/v1/people/:id/reach', PERSONS, setReach(desk)),

  get('/api/v1/tokens', PERSONS, listTokens(desk)),
  del('/api/v1/tokens/:id', PERSONS, endToken(desk)),
  post('/api/v1/keys', RUNS_THE_HOUSE, makeKey(desk)),

  // A screen that nobody has let in yet asks; it proves itself by the ticket that it was given.
  post('/api/v1/displays/code', ANYONE, askDisplayCode(desk)),
  post('/api/v1/displays/pairing', ANYONE, askPairing(desk)),
  post('/api/v1/displays/pair', RUNS_THE_HOUSE, pairDisplay(desk)),
];
