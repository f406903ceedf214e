// What docs/tickets.md says of the loop, of time limits and of the short route, made from what the tickets go by.
import { describe, expect, it } from 'vitest';
import { SEVERITIES } from '../../gateway/domain/alarm.ts';
import { CATEGORIES } from '../../gateway/domain/ticket.ts';
import { hours, minutes, type Duration } from '../../gateway/domain/time.ts';
import { DEFAULT_WORK, routeOf, TIMED_STEPS } from '../../gateway/domain/work.ts';
import { TRANSITIONS } from '../../gateway/tickets/transitions.ts';
import { expectMade, table } from '../made-parts.ts';

const PAGE = 'docs/tickets.md';

/** Hours that count: 24 of them are no day. */
const spanOf = (span: Duration): string =>
  span % hours(1) === 0 ? `${span / hours(1)} h` : `${span / minutes(1)} min`;

describe('the page about tickets', () => {
  it('says each step with its states, routes and roles as the table has it', () => {
    const rows = TRANSITIONS.map(({ action, from, to, routes, roles, result, of }) => [
      `\`${action}\`${result ? ` (${result})` : ''}${of === 'suggestion' ? ' (an idea)' : ''}`,
      from.join(', '),
      to === 'same' ? '' : to,
      routes.join(', '),
      roles.join(', '),
    ]);
    expectMade(PAGE, { steps: table(['step', 'from', 'to', 'route', 'by'], rows) });
  });

  it('says how long each step may take', () => {
    const { limits } = DEFAULT_WORK;
    const rows = TIMED_STEPS.map((step) => [
      step,
      ...SEVERITIES.map((severity) => spanOf(limits[step][severity])),
    ]);
    expectMade(PAGE, { limits: table(['step', ...SEVERITIES], rows) });
  });

  it('says which categories walk the short route', () => {
    const short = CATEGORIES.filter((one) => routeOf(DEFAULT_WORK, one, 'machine') === 'short');
    const byPeople = CATEGORIES.filter((one) => routeOf(DEFAULT_WORK, one, 'person') === 'short');
    expect(byPeople).toEqual([]);
    expectMade(PAGE, { 'short route': short.map((category) => `- \`${category}\``).join('\n') });
  });
});
