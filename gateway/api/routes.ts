// Every address that the gateway answers to, who may ask there, and what answers. All of it.
import { ROLES } from '../domain/ticket.ts';
import { actOnAlarm, listAlarms } from './alarms.ts';
import { listAssets, readAsset, readSite } from './assets.ts';
import type { Desk } from './desk.ts';
import { docsPages } from './docs.ts';
import { listSecrets, makeSecret, revokeSecret } from './device-secrets.ts';
import { del, get, post, type Endpoint, type Route } from './endpoint.ts';
import { readHealth, readReadiness, readVersion } from './health.ts';
import { readLedger, readLedgerCsv, readLedgerXlsx } from './ledger.ts';
import { listDeadLetters, listLosses, listRejections, readIntake } from './intake.ts';
import { readMetrics, type MetricsPage } from './metrics.ts';
import { postReadings } from './readings.ts';
import type { Screens } from './screens.ts';
import { readSeries } from './series.ts';
import { STAFF, TICKET_ACTIONS, TICKET_VERBS } from './ticket-actions.ts';
import { actOnTicket, listTickets, openTicket, readTicket } from './tickets.ts';

const ANYONE = ROLES;
/** Also the board at the station, which nobody is signed in to. */
const BOARD = ['display', 'volunteer', ...STAFF] as const;
/** Whoever puts a sensor up gives it its secret. */
const KEEPS_KEYS = ['engineer', 'admin'] as const;
const ON_DUTY = ['engineer', 'manager', 'admin'] as const;

interface Parts {
  readonly desk: Desk;
  readonly version: string;
  readonly live: Endpoint;
  readonly document: Endpoint;
  readonly screens: Screens;
  /** Where nobody measures there is no page of measures. */
  readonly metrics?: MetricsPage | undefined;
}

export const routes = ({ desk, version, live, document, screens, metrics }: Parts): Route[] => [
  get('/healthz', ANYONE, readHealth()),
  get('/readyz', ANYONE, readReadiness(desk)),
  get('/version', ANYONE, readVersion(version)),
  get('/openapi.json', ANYONE, document),
  ...(metrics ? [get('/metrics', ANYONE, readMetrics(metrics))] : []),
  ...docs(docsPages()),

  get('/api/v1/site', BOARD, readSite(desk)),
  get('/api/v1/assets', BOARD, listAssets(desk)),
  get('/api/v1/assets/:id', BOARD, readAsset(desk)),
  get('/api/v1/series/:asset/:quantity', BOARD, readSeries(desk)),
  get('/api/v1/live', BOARD, live),

  get('/api/v1/alarms', BOARD, listAlarms(desk)),
  post('/api/v1/alarms/:id/acknowledge', ON_DUTY, actOnAlarm(desk, 'acknowledge')),
  post('/api/v1/alarms/:id/shelve', ON_DUTY, actOnAlarm(desk, 'shelve')),
  post('/api/v1/alarms/:id/unshelve', ON_DUTY, actOnAlarm(desk, 'unshelve')),

  get('/api/v1/tickets', STAFF, listTickets(desk)),
  post('/api/v1/tickets', STAFF, openTicket(desk)),
  get('/api/v1/tickets/:id', STAFF, readTicket(desk)),
  ...TICKET_VERBS.map((verb) =>
    post(`/api/v1/tickets/:id/${verb}`, TICKET_ACTIONS[verb].roles, actOnTicket(desk, verb)),
  ),

  get('/api/v1/ledger', STAFF, readLedger(desk)),
  get('/api/v1/ledger.csv', STAFF, readLedgerCsv(desk)),
  get('/api/v1/ledger.xlsx', STAFF, readLedgerXlsx(desk)),

  // Devices show a token, which says which of them it is; a person's role says nothing here.
  post('/api/v1/readings', ANYONE, postReadings(desk)),
  get('/api/v1/intake', ON_DUTY, readIntake(desk)),
  get('/api/v1/intake/losses', ON_DUTY, listLosses(desk)),
  get('/api/v1/intake/rejections', ON_DUTY, listRejections(desk)),
  get('/api/v1/intake/dead-letters', ON_DUTY, listDeadLetters(desk)),

  get('/api/v1/devices/secrets', KEEPS_KEYS, listSecrets(desk)),
  post('/api/v1/devices/:id/secret', KEEPS_KEYS, makeSecret(desk)),
  del('/api/v1/devices/:id/secret', KEEPS_KEYS, revokeSecret(desk)),

  get('/', ANYONE, screens.page('index.html')),
  get('/kiosk/:station', ANYONE, screens.page('kiosk/index.html')),
  get('/engineer', ANYONE, screens.page('engineer/index.html')),
  get('/engineer/*', ANYONE, screens.page('engineer/index.html')),
  get('/manager', ANYONE, screens.page('manager/index.html')),
  get('/assets/*', ANYONE, screens.asset()),
];

const docs = ({ page, script, files }: ReturnType<typeof docsPages>): Route[] => [
  get('/docs', ANYONE, page),
  get('/docs/open.js', ANYONE, script),
  ...files.map(([name, file]) => get(`/docs/${name}`, ANYONE, file)),
];
