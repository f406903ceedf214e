// A compound with a route through it, behind the real HTTP face: rounds and bags are the house's own,
// folded and kept, on a clock that runs from a chosen moment.
import { ticketView } from '../../gateway/flow/tickets/ticket-view.ts';
import { instant, type Clock } from '../../gateway/domain/time.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { handAccounts } from '../fakes/hand-accounts.ts';
import { PATROLLED_SITE, walkedSite } from '../fakes/walked-site.ts';
import { compoundAt } from './compound.ts';
import { MORNING, startFixture } from './fixture.ts';

export const CLEANER = {
  id: 'li',
  name: '李保洁',
  role: 'cleaner',
  password: 'nine lives of cats',
} as const;
export const MANAGER = {
  id: 'wang',
  name: '王经理',
  role: 'manager',
  password: 'forty two lamps',
} as const;
const ADMIN = { id: 'chen', name: '陈', password: 'a lamp by the gate' };

/** Each with an account; `login` makes a page theirs. */
export async function patrolledHouse() {
  const began = performance.now();
  const clock: Clock = {
    now: () => instant(MORNING + Math.round(performance.now() - began)),
    after: () => () => undefined,
  };
  const walked = walkedSite(PATROLLED_SITE, clock);
  const accounts = handAccounts({ clock: handClock(new Date(MORNING).toISOString()) });
  let tell = (): void => undefined;
  const fixture = await startFixture({
    at: MORNING,
    contents: (now) => ({ ...compoundAt(now), tickets: [] }),
    desk(desk) {
      const rounds = walked.desk();
      tell = () => {
        for (const ticket of walked.tickets())
          desk.put({ kind: 'ticket', data: ticketView(ticket, { role: 'engineer' }) });
      };
      return {
        ...desk,
        ...accounts,
        ...rounds,
        async roundAction(action) {
          const answer = await rounds.roundAction(action);
          tell();
          return answer;
        },
      };
    },
  });
  const here = { address: '127.0.0.1' };
  const first = await accounts.firstPerson({ ...ADMIN, shown: here });
  if (!first.ok) throw new Error(first.detail);
  const actor = accounts.whoIs({ ...here, token: first.value.token });
  for (const { password, ...person } of [CLEANER, MANAGER]) {
    const added = await accounts.addPerson({ body: { ...person, password }, actor });
    if (!added.ok) throw new Error(added.detail);
  }
  return { fixture, walked };
}
