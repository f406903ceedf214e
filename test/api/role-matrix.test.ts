// The table of roles in the domain's own words, written once here as data, and every route tried with
// every role. A route that is not in the table fails, and so does a line that no route answers to.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { open311 } from '../../gateway/api/open311/index.ts';
import { createReportDoor } from '../../gateway/api/report-door.ts';
import { residentPages } from '../../gateway/api/resident/index.ts';
import { routes } from '../../gateway/api/routes.ts';
import { screens } from '../../gateway/api/screens.ts';
import { instant } from '../../gateway/domain/time.ts';
import { handDesk } from '../fakes/hand-desk.ts';
import { staffedFace, WHO, type Who } from './staffed-face.ts';

const CREW: readonly Who[] = ['cleaner', 'steward', 'engineer', 'committee', 'reviewer'];
const STAFF: readonly Who[] = [...CREW, 'manager', 'admin'];
const PERSONS: readonly Who[] = ['volunteer', ...STAFF];
/** The board at a station, and whoever stands before it. */
const BOARD: readonly Who[] = ['display', ...PERSONS];
const ON_DUTY: readonly Who[] = ['engineer', 'manager', 'admin'];
const REVIEWS: readonly Who[] = ['engineer', 'committee', 'reviewer', 'manager', 'admin'];
const WALKS: readonly Who[] = [...CREW, 'manager'];
const HOUSE: readonly Who[] = ['manager', 'admin'];

/** Who may knock, by address. Residents have no account: with their secret link they are nobody. */
const TABLE: Readonly<Record<string, readonly Who[]>> = {
  // open to whoever reaches the gateway: how it is, what it is, how to come in
  'GET /healthz': WHO,
  'GET /readyz': WHO,
  'GET /version': WHO,
  'GET /openapi.json': WHO,
  'GET /metrics': WHO,
  'GET /docs': WHO,
  'GET /docs/*': WHO,
  'GET /': WHO,
  'GET /assets/*': WHO,
  'GET /signin': WHO,
  'GET /people': WHO,
  'GET /people/*': WHO,
  'GET /me': WHO,
  'GET /kiosk': WHO,
  'GET /kiosk/:station': WHO,
  'GET /engineer': WHO,
  'GET /engineer/*': WHO,
  'GET /manager': WHO,
  'GET /manager/board': WHO,
  'GET /labels': WHO,
  'GET /api/v1/session': WHO,
  'POST /api/v1/session': WHO,
  'DELETE /api/v1/session': WHO,
  'POST /api/v1/first-person': WHO,
  'POST /api/v1/displays/code': WHO,
  'POST /api/v1/displays/pairing': WHO,
  // residents have no account; whoever holds a report's secret is the resident
  'GET /r/:code': WHO,
  'POST /r/:code': WHO,
  'GET /f/:secret': WHO,
  'POST /f/:secret/*': WHO,
  'GET /f/:secret/photos/:id': WHO,
  // a device shows its own token there
  'POST /api/v1/readings': WHO,

  // what residents reported, as a city's app reads it; telling takes a key among the fields
  'GET /open311/v2/*': WHO,
  'GET /open311/v2/services/*': WHO,
  'GET /open311/v2/requests/*': WHO,
  'GET /open311/v2/tokens/*': WHO,
  'POST /open311/v2/requests.json': WHO,

  // the station's board
  'GET /api/v1/site': BOARD,
  'GET /api/v1/assets': BOARD,
  'GET /api/v1/assets/:id': BOARD,
  'GET /api/v1/series/:asset/:quantity': BOARD,
  'GET /api/v1/live': BOARD,
  'GET /api/v1/alarms': ['display', ...STAFF],

  // the notice board, which its writers keep; labels, which the engineer hangs up
  'GET /api/v1/posts': BOARD,
  'POST /api/v1/posts': ['committee', 'reviewer', 'manager', 'admin'],
  'PUT /api/v1/posts/:id': ['committee', 'reviewer', 'manager', 'admin'],
  'DELETE /api/v1/posts/:id': ['committee', 'reviewer', 'manager', 'admin'],
  'GET /api/v1/labels': ON_DUTY,

  // what stands behind the ledger: one asks for a correction, another decides
  'GET /api/v1/ledger/day': REVIEWS,
  'GET /api/v1/ledger/corrections': REVIEWS,
  'POST /api/v1/ledger/corrections': HOUSE,
  'POST /api/v1/ledger/corrections/:id/approve': ['reviewer', 'manager', 'admin'],
  'POST /api/v1/ledger/corrections/:id/refuse': ['reviewer', 'manager', 'admin'],
  'GET /api/v1/windows': REVIEWS,
  'GET /api/v1/rounds/collection': STAFF,

  // engineer: acknowledge, work, shelve
  'GET /api/v1/alarms/:id/evidence': STAFF,
  'POST /api/v1/alarms/:id/acknowledge': ON_DUTY,
  'POST /api/v1/alarms/:id/shelve': ON_DUTY,
  'POST /api/v1/alarms/:id/unshelve': ON_DUTY,
  'POST /api/v1/alarms/:id/take-out': ON_DUTY,
  'POST /api/v1/alarms/:id/put-back': ON_DUTY,
  'GET /api/v1/deposits': REVIEWS,
  'GET /api/v1/collections': ['cleaner', ...REVIEWS],
  'GET /api/v1/assets/:id/place': STAFF,
  'GET /api/v1/assets/:id/history': STAFF,
  'POST /api/v1/assets/:id/collected': ['display', 'cleaner', 'engineer', 'manager'],
  'POST /api/v1/assets/:id/not-collected': ['display', 'cleaner', 'engineer', 'manager'],
  'POST /api/v1/assets/:id/tare': ON_DUTY,
  'POST /api/v1/assets/:id/swap': ON_DUTY,
  'POST /api/v1/assets/:id/change-device': ON_DUTY,
  'POST /api/v1/assets/:id/take-out': ON_DUTY,
  'POST /api/v1/assets/:id/put-back': ON_DUTY,
  'GET /api/v1/maintenance': STAFF,
  'POST /api/v1/assets/:id/maintenance': ON_DUTY,
  'POST /api/v1/assets/:id/maintenance/end': ON_DUTY,
  'GET /api/v1/rules': ON_DUTY,
  'POST /api/v1/rehearsal': ON_DUTY,
  'GET /api/v1/intake': ON_DUTY,
  'GET /api/v1/intake/losses': ON_DUTY,
  'GET /api/v1/intake/rejections': ON_DUTY,
  'GET /api/v1/intake/dead-letters': ON_DUTY,

  // what people are told, and what is stuck
  'GET /api/v1/telling': ON_DUTY,
  'GET /api/v1/notices': ON_DUTY,
  'POST /api/v1/notices/:id/*': ON_DUTY,

  // everybody who works raises and follows; which step is whose, the ticket's own table says
  'GET /api/v1/tickets': STAFF,
  'POST /api/v1/tickets': STAFF,
  'GET /api/v1/tickets/:id': STAFF,
  'POST /api/v1/tickets/:id/*': STAFF,
  'GET /api/v1/photos/:id': STAFF,

  // patrols: an admin looks, and walks none
  'GET /api/v1/patrols': STAFF,
  'GET /api/v1/rounds': STAFF,
  'GET /api/v1/rounds/:id': STAFF,
  'POST /api/v1/rounds': WALKS,
  'POST /api/v1/rounds/:id/*': WALKS,
  'GET /api/v1/bag-counts': STAFF,
  'POST /api/v1/bag-counts': WALKS,
  'GET /api/v1/problems': REVIEWS,
  'GET /api/v1/problems.csv': REVIEWS,
  'GET /api/v1/joint-meeting': REVIEWS,
  'GET /patrol': WHO,
  'GET /patrol/*': WHO,
  'GET /manager/problems': WHO,
  'GET /manager/meeting': WHO,
  'GET /manager/windows': WHO,
  'GET /manager/corrections': WHO,
  'GET /manager/day/:day': WHO,

  // what is reviewed
  'GET /api/v1/ledger': REVIEWS,
  'GET /api/v1/ledger.csv': REVIEWS,
  'GET /api/v1/ledger.xlsx': REVIEWS,
  'GET /api/v1/audit': HOUSE,
  'GET /api/v1/coverage': REVIEWS,

  // one's own
  'POST /api/v1/people/:id/password': PERSONS,
  'GET /api/v1/people/:id/reach': PERSONS,
  'PUT /api/v1/people/:id/reach': PERSONS,
  'GET /api/v1/tokens': PERSONS,
  'DELETE /api/v1/tokens/:id': PERSONS,

  // manager: assignments, rosters, settings; admin: users, keys, devices
  'GET /api/v1/people': ON_DUTY,
  'PUT /api/v1/people/:id': HOUSE,
  'POST /api/v1/keys': HOUSE,
  'POST /api/v1/displays/pair': HOUSE,
  'POST /api/v1/people': ['admin'],
  'POST /api/v1/people/:id/disable': ['admin'],
  'POST /api/v1/people/:id/enable': ['admin'],
  'GET /api/v1/devices/secrets': ['engineer', 'admin'],
  'POST /api/v1/devices/:id/secret': ['engineer', 'admin'],
  'DELETE /api/v1/devices/:id/secret': ['engineer', 'admin'],
};

const clock = { now: () => instant(0) };
const nothing = { schema: {}, handler: () => undefined };
const door = createReportDoor({ clock, random: randomBytes });
const LIST = routes({
  desk: handDesk(),
  version: '',
  live: nothing,
  document: nothing,
  screens: screens(undefined),
  open311: open311({ desk: handDesk(), door }),
  residents: residentPages({ desk: handDesk(), door }),
}).map(({ method, url }) => ({ method, url, line: `${method} ${url}` }));

/** The line of the table for a route: its own, or one that ends with a star in its place. */
const lineFor = (route: string): string | undefined =>
  route in TABLE ? route : Object.keys(TABLE).find((line) => isStarOf(line, route));

const isStarOf = (line: string, route: string): boolean =>
  line.endsWith('/*') &&
  route.startsWith(line.slice(0, -1)) &&
  !route.slice(line.length - 1).includes('/');

/** What the door itself says; whatever comes after it is another's word. */
const DOOR = /^(?:Sign in first, or show a key|This is not for the role \w+)\.$/;
const isLetIn = (body: string): boolean => {
  const { detail = '' } = body.startsWith('{') ? (JSON.parse(body) as { detail?: string }) : {};
  return !DOOR.test(detail);
};

const FORM = {
  headers: {
    'content-type': 'multipart/form-data; boundary=x',
    host: 'localhost:8080',
    origin: 'http://localhost:8080',
  },
};
const addressOf = (url: string): string =>
  url
    .replace(':asset/:quantity', 'k1-wet/fill')
    .replace('/people/:id', '/people/nobody-there')
    .replace('/tokens/:id', '/tokens/none')
    .replace(':station', 'k1')
    .replace('/assets/:id', '/assets/k1-wet')
    .replace(/:id|:code|:secret/g, 'none')
    .replace('*', 'x');

describe('every route', () => {
  it('has a line in the table of roles, and every line has a route', () => {
    const lines = LIST.map(({ line }) => [line, lineFor(line)] as const);
    expect(lines.filter(([, found]) => found === undefined)).toEqual([]);
    const used = new Set(lines.map(([, found]) => found));
    // Where nobody measures there is no such page.
    expect(Object.keys(TABLE).filter((line) => !used.has(line))).toEqual(['GET /metrics']);
  });

  it('lets in the roles that its line names and turns away all others, saying why', async () => {
    const { as, cookies } = await staffedFace();
    expect([...cookies.keys()].toSorted()).toEqual(
      WHO.filter((who) => who !== 'nobody').toSorted(),
    );
    const wrong: string[] = [];
    let tried = 0;
    for (const { method, url, line } of LIST) {
      const allowed = TABLE[lineFor(line) ?? ''] ?? [];
      // Signing out would end what the next ones ask with; a stream has no end.
      if (line === 'DELETE /api/v1/session') continue;
      const how = line === 'GET /api/v1/live' ? 'HEAD' : method;
      for (const who of WHO) {
        const ask = { method: how, url: addressOf(url), ...(url.endsWith('/photos') && FORM) };
        const { statusCode, body } = await as(who, ask);
        const isIn = how === 'HEAD' ? ![401, 403].includes(statusCode) : isLetIn(body);
        tried += 1;
        if (isIn !== allowed.includes(who)) wrong.push(`${line} as ${who}: ${statusCode}`);
        else if (!isIn && statusCode !== (who === 'nobody' ? 401 : 403))
          wrong.push(`${line} turns ${who} away with ${statusCode}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBe((LIST.length - 1) * WHO.length);
  });
});
