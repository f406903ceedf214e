// What docs/people.md says that a role may do, made from the routes; for the steps of a ticket, from
// the table that has the last word on them.
import { describe, it } from 'vitest';
import { routes } from '../../gateway/api/routes.ts';
import { screens } from '../../gateway/api/screens.ts';
import type { Route } from '../../gateway/api/endpoint.ts';
import { ROLES } from '../../gateway/domain/ticket.ts';
import { TRANSITIONS } from '../../gateway/tickets/transitions.ts';
import { handDesk } from '../fakes/hand-desk.ts';
import { expectMade, table } from '../made-parts.ts';

const nothing = { schema: { summary: 'The live stream of the screens' }, handler: () => undefined };
const LIST = routes({
  desk: handDesk(),
  version: '',
  live: nothing,
  document: nothing,
  screens: screens(undefined),
}).filter(({ roles }) => !roles.includes('nobody'));

/** Residents have no account, so no column. */
const COLUMNS = ROLES.filter((role) => role !== 'resident');

/** `/api/v1/tickets/:id/take` → take; sending photos is a step, too. */
function stepOf({ method, url }: Route): string | undefined {
  const verb = method === 'POST' ? /^\/api\/v1\/tickets\/:id\/(.+)$/.exec(url)?.[1] : undefined;
  return verb === 'photos' ? 'photo' : verb;
}

function may(route: Route, role: (typeof COLUMNS)[number]): boolean {
  const step = stepOf(route);
  const isLetIn = route.roles.includes(role);
  if (step === undefined) return isLetIn;
  return (
    isLetIn && TRANSITIONS.some(({ action, roles }) => action === step && roles.includes(role))
  );
}

const cellsOf = (route: Route): string[] => [
  `${String(route.endpoint.schema.summary)} \`${route.method} ${route.url.replace('/api/v1', '')}\``,
  ...COLUMNS.map((role) => (may(route, role) ? '●' : '')),
];

describe('the page about people', () => {
  it('says of every role what the routes and the ticket’s table let it do', () => {
    expectMade('docs/people.md', { roles: table(['', ...COLUMNS], LIST.map(cellsOf)) });
  });
});
