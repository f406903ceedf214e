import { describe, expect, it } from 'vitest';
import type { Person, PersonRole } from '../../gateway/domain/person.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { obeyOnPerson } from '../../gateway/flow/obey.ts';
import { personAction, type PersonAsk } from '../../gateway/flow/person-commands.ts';
import { person } from '../fakes/hand-accounts.ts';
import { handClock } from '../fakes/hand-clock.ts';

const as = (role: PersonRole) => ({ by: role, role });
const BOSS = person('chen', { role: 'admin' });

function house(...people: Person[]) {
  const standing = createStanding({ slices: [], alarms: [], tickets: [] });
  const written: string[] = [];
  for (const one of people) standing.people.put(one.id, one);
  const clock = handClock('2026-11-20T08:00:00Z');
  const log = {
    async append(entries: readonly unknown[]) {
      for (const entry of entries) {
        const command = entry as Parameters<typeof obeyOnPerson>[1];
        written.push(`${command.by} ${command.action} ${command.id}`);
        obeyOnPerson(standing, command);
      }
      return 1;
    },
  };
  const ask = (what: PersonAsk) =>
    personAction({ log, standing, clock, settled: async () => {} }, what);
  return { ask, written, standing };
}

describe('the book of people', () => {
  it('begins with an admin, once', async () => {
    const { ask, written } = house();
    const cleaner = person('li', { role: 'cleaner' });
    const early = await ask({ action: 'add', person: cleaner, actor: as('admin') });
    expect(early).toMatchObject({ ok: false, status: 422 });
    expect(await ask({ action: 'first', person: BOSS, actor: as('admin') })).toMatchObject({
      ok: true,
    });
    const again = {
      action: 'first',
      person: person('li', { role: 'admin' }),
      actor: as('admin'),
    } as const;
    expect(await ask(again)).toMatchObject({ ok: false, status: 409 });
    expect(written).toEqual(['admin put chen']);
  });

  it('always has an active admin', async () => {
    const { ask, standing } = house(BOSS);
    const actor = as('admin');
    const last = { ok: false, status: 409, title: 'The last one' };
    expect(await ask({ action: 'disable', id: 'chen', actor })).toMatchObject(last);
    const lower = { ...BOSS, role: 'manager' } as const;
    expect(await ask({ action: 'change', person: lower, actor })).toMatchObject(last);
    await ask({ action: 'add', person: person('li', { role: 'admin' }), actor });
    expect(await ask({ action: 'disable', id: 'chen', actor })).toMatchObject({ ok: true });
    expect(await ask({ action: 'disable', id: 'li', actor })).toMatchObject(last);
    expect(standing.people.get('chen')?.state).toBe('disabled');
  });

  it('is a manager’s for the rosters and an admin’s for the rest', async () => {
    const { ask } = house(BOSS, person('li', { role: 'cleaner' }));
    const actor = as('manager');
    const roster = person('li', { role: 'cleaner', teams: ['cleaners'], buildings: ['b3'] });
    expect(await ask({ action: 'change', person: roster, actor })).toMatchObject({ ok: true });
    const raised = person('li', { role: 'admin' });
    const forbidden = { ok: false, status: 403 };
    expect(await ask({ action: 'change', person: raised, actor })).toMatchObject(forbidden);
    const renamed = person('li', { role: 'cleaner', name: '李' });
    expect(await ask({ action: 'change', person: renamed, actor })).toMatchObject(forbidden);
    expect(await ask({ action: 'change', person: BOSS, actor })).toMatchObject(forbidden);
    expect(await ask({ action: 'disable', id: 'li', actor })).toMatchObject(forbidden);
    expect(await ask({ action: 'add', person: person('wu'), actor })).toMatchObject(forbidden);
  });

  it('keeps names apart from what history calls others by', async () => {
    const { ask } = house(BOSS);
    for (const [id, role] of [
      ['local', 'admin'],
      ['sensor', 'engineer'],
      ['display', 'cleaner'],
      ['manager', 'cleaner'],
    ] as const)
      expect(
        await ask({ action: 'add', person: person(id, { role }), actor: as('admin') }),
      ).toMatchObject({ status: 422 });
    const named = person('manager', { role: 'manager' });
    expect(await ask({ action: 'add', person: named, actor: as('admin') })).toMatchObject({
      ok: true,
    });
    expect(await ask({ action: 'add', person: named, actor: as('admin') })).toMatchObject({
      status: 409,
    });
  });

  it('has somebody above each, and nobody above themselves', async () => {
    const { ask } = house(BOSS, person('a', { above: 'b' }), person('b', { above: 'chen' }));
    const actor = as('admin');
    const change = (one: Person) => ask({ action: 'change', person: one, actor });
    expect(await change(person('b', { above: 'nobody-there' }))).toMatchObject({ status: 422 });
    expect(await change(person('b', { above: 'b' }))).toMatchObject({ status: 422 });
    expect(await change(person('b', { above: 'a' }))).toMatchObject({ status: 422 });
    expect(await change(person('a', { above: 'chen' }))).toMatchObject({ ok: true });
    expect(await ask({ action: 'change', person: person('z'), actor })).toMatchObject({
      status: 404,
    });
  });
});
