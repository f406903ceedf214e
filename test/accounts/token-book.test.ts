import { describe, expect, it } from 'vitest';
import { createTokenBook } from '../../gateway/accounts/token-book.ts';
import type { AccessToken } from '../../gateway/domain/credential.ts';
import { later, hours, days } from '../../gateway/domain/time.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { memoryAccounts } from '../fakes/memory-accounts.ts';

async function book(saved: readonly AccessToken[] = [], accounts = memoryAccounts()) {
  const clock = handClock('2026-11-20T08:00:00Z');
  const tokens = createTokenBook({
    accounts,
    saved,
    clock,
    onFault(error) {
      throw error;
    },
  });
  return { clock, accounts, tokens };
}

const SESSION = { kind: 'session', name: 'Firefox', person: 'wang' } as const;

describe('a token', () => {
  it('is 256 random bits, of which the store has SHA-256 and no more', async () => {
    const { accounts, tokens } = await book();
    const { token } = await tokens.issue(SESSION);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const { tokens: kept } = await accounts.load();
    expect(kept).toHaveLength(1);
    expect(kept[0]?.digest).toHaveLength(32);
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  it('opens after a restart, until it is ended', async () => {
    const first = await book();
    const { token, kept } = await first.tokens.issue(SESSION);
    const saved = (await first.accounts.load()).tokens;
    const { tokens } = await book(saved, first.accounts);
    expect(tokens.find(token)?.id).toBe(kept.id);
    await tokens.end([kept.id]);
    expect(tokens.find(token)).toBeUndefined();
    expect((await first.accounts.load()).tokens).toEqual([]);
  });

  it('of a session ends after 30 days unused, and after 90 however much it is used', async () => {
    const { clock, tokens } = await book();
    const { token: idle } = await tokens.issue(SESSION);
    const { token: busy } = await tokens.issue(SESSION);
    const end = later(clock.now(), days(90));
    clock.moveBy(days(29));
    expect(tokens.find(idle)).toBeDefined();
    for (let day = 29; day < 89; day += 1) {
      expect(tokens.find(busy)).toBeDefined();
      clock.moveBy(days(1));
    }
    expect(tokens.find(idle)).toBeUndefined();
    expect(tokens.find(busy)?.endsAt).toBe(end);
    clock.moveBy(days(1));
    expect(tokens.find(busy)).toBeUndefined();
  });

  it('that was over is not revived by a clock that is set back', async () => {
    const { clock, accounts, tokens } = await book();
    const { token } = await tokens.issue(SESSION);
    clock.moveBy(days(31));
    expect(tokens.find(token)).toBeUndefined();
    clock.move(-31 * 86_400_000);
    expect(tokens.find(token)).toBeUndefined();
    expect((await accounts.load()).tokens).toEqual([]);
  });

  it('is written down as used at most once an hour', async () => {
    const { clock, accounts, tokens } = await book();
    const { token, kept } = await tokens.issue(SESSION);
    clock.moveBy(hours(0.9));
    tokens.find(token);
    expect((await accounts.load()).tokens[0]?.usedAt).toBe(kept.usedAt);
    clock.moveBy(hours(0.2));
    tokens.find(token);
    expect((await accounts.load()).tokens[0]?.usedAt).toBe(clock.now());
  });

  it('drives out the oldest of its owner where there are twenty, and no display', async () => {
    const { tokens } = await book();
    const display = { kind: 'display', name: '屏', person: 'wang', station: 'k1' } as const;
    const { token: screen } = await tokens.issue(display);
    const { token: oldest } = await tokens.issue(SESSION);
    for (let more = 0; more < 20; more += 1) await tokens.issue(SESSION);
    expect(tokens.find(oldest)).toBeUndefined();
    expect(tokens.find(screen)).toBeDefined();
    expect(tokens.ofPerson('wang')).toHaveLength(21);
  });
});
