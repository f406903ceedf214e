// What accounts and devices give to the audit chain: what was done, and nothing that opens anything.
import { describe, expect, it } from 'vitest';
import { LOCKS_OUT_AT } from '../../gateway/accounts/lock-out.ts';
import type { AccountNote } from '../../gateway/accounts/account-desk.ts';
import { createSignInTally } from '../../gateway/accounts/sign-in-counts.ts';
import type { Actor } from '../../gateway/api/desk.ts';
import { createSecretDesk } from '../../gateway/assembly/secrets.ts';
import { withoutSecrets } from '../../gateway/domain/audit.ts';
import { milliseconds, minutes } from '../../gateway/domain/time.ts';
import type { Note } from '../../gateway/flow/noting.ts';
import { createDeviceTokens } from '../../gateway/sources/device-tokens.ts';
import { handAccounts } from '../fakes/hand-accounts.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { memorySecrets } from '../fakes/memory-secrets.ts';
import { mqttDevice } from '../fakes/mqtt-device.ts';

const AWAY = { address: '192.168.1.9' };
const PASSWORD = 'a lamp by the gate';
const NEW = 'another lamp by the gate';

/** Accounts with one admin, what they noted, and a clock that no clock is set by. */
async function house() {
  let steadyMs = 1_000_000;
  const noted: AccountNote[] = [];
  const signIns = createSignInTally();
  const desk = handAccounts({
    signIns,
    steady: () => milliseconds(steadyMs),
    note: async (done) => void noted.push(done),
  });
  const shown = AWAY;
  const first = await desk.firstPerson({ id: 'chen', name: '陈', password: PASSWORD, shown });
  if (!first.ok) throw new Error(first.detail);
  const signIn = (password: string, name = 'chen') => desk.signIn({ name, password, shown });
  const wait = (): void => void (steadyMs += minutes(20));
  const actor = (token: string): Actor => desk.whoIs({ ...AWAY, token });
  return { desk, noted, signIns, signIn, wait, actor, token: first.value.token };
}

const inShort = ({ action, id, actor }: AccountNote): string => `${actor.by}: ${action} of ${id}`;

describe('the audit chain hears', () => {
  it('who came in, whose password was set, which keys, screens and tokens came and went', async () => {
    const { desk, noted, signIn, actor, token } = await house();
    const chen = actor(token);
    const key = await desk.makeKey({ body: { name: 'grafana', role: 'engineer' }, actor: chen });
    if (!key.ok) throw new Error(key.detail);
    const code = desk.displayCode(AWAY);
    if (!code.ok) throw new Error(code.detail);
    const paired = await desk.pairDisplay({ code: code.value.code, station: 'k1', actor: chen });
    const fetched = desk.pairing(code.value.ticket);
    await desk.endToken({ id: key.value.id, actor: chen });
    await desk.setPassword({ id: 'chen', password: NEW, old: PASSWORD, actor: chen, shown: AWAY });
    const entered = await signIn(NEW);
    if (!entered.ok || !paired.ok) throw new Error('they come in');
    await desk.signOut(actor(entered.value.token));

    expect(noted.map(inShort)).toEqual([
      'chen: sign-in of chen',
      'chen: key of chen',
      'chen: pair-display of chen',
      'chen: end-token of chen',
      'chen: password of chen',
      'chen: sign-in of chen',
      'chen: sign-out of chen',
    ]);
    expect(noted[2]?.body).toMatchObject({ station: 'k1', made: paired.value.id });
    expect(noted[3]?.body).toEqual({ ended: key.value.id, kind: 'key', name: 'grafana' });
    // Nothing that opens is in them, and nothing has to be taken out on the way into the chain.
    const opened =
      fetched.ok && fetched.value.state === 'paired' ? fetched.value.entered.token : '';
    for (const secret of [PASSWORD, NEW, token, key.value.key, entered.value.token, opened]) {
      expect(secret).not.toBe('');
      expect(JSON.stringify(noted.map(({ body }) => body))).not.toContain(secret);
    }
    for (const { body } of noted) expect(withoutSecrets(body)).toEqual(body);
  });

  it('how many wrong passwords there were once the right one comes, and not each of them', async () => {
    const { noted, signIn, wait, signIns } = await house();
    for (let guess = 0; guess < 3; guess += 1) {
      await signIn('a wrong one');
      wait();
    }
    await signIn('a wrong one', 'nobody-here');
    expect(noted).toHaveLength(1);
    expect((await signIn(PASSWORD)).ok).toBe(true);
    expect(noted.at(-1)?.body).toEqual({ address: AWAY.address, failedBefore: 3 });
    expect(signIns.counts()).toEqual({ right: 1, wrong: 4, 'turned-away': 0, busy: 0 });
  });

  it('that somebody was locked out, once, and of a name that nobody has nothing', async () => {
    const { noted, signIn, wait, signIns } = await house();
    for (let guess = 0; guess < 2 * LOCKS_OUT_AT; guess += 1) {
      await signIn('a wrong one');
      await signIn('a wrong one'); // too soon
      wait();
      await signIn('a wrong one', 'nobody-here');
      wait();
    }
    const lockOuts = noted.filter(({ action }) => action === 'lock-out');
    expect(lockOuts.map(inShort)).toEqual(['gateway: lock-out of chen']);
    expect(lockOuts[0]?.body).toEqual({ address: AWAY.address, failures: LOCKS_OUT_AT });
    expect(noted).toHaveLength(2); // and how they came in at first
    expect(signIns.counts()['turned-away']).toBe(2 * LOCKS_OUT_AT);
  });

  it('that a device was given a secret and lost it, and not which', async () => {
    const devices = new Map([mqttDevice('k1')]);
    const notes: Note[] = [];
    const desk = createSecretDesk({
      devices,
      tokens: createDeviceTokens(devices),
      secrets: memorySecrets(),
      clock: handClock('2026-11-20T08:00:00Z'),
      note: async (note) => void notes.push(note),
    });
    const actor = { by: 'wang', role: 'engineer' };
    const made = await desk.makeSecret({ device: 'k1', replace: false, actor });
    await desk.makeSecret({ device: 'k1', replace: false, actor }); // it has one
    await desk.revokeSecret({ device: 'k1', actor });
    expect(notes.map(({ on, id, action }) => `${on} ${id} ${action}`)).toEqual([
      'device k1 make-secret',
      'device k1 revoke-secret',
    ]);
    expect(made.ok && JSON.stringify(notes).includes(made.value.token)).toBe(false);
  });
});
