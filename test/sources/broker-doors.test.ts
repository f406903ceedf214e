import { describe, expect, it } from 'vitest';
import { createAsked, MOST_SUBSCRIPTIONS } from '../../gateway/sources/broker-doors.ts';

describe('the subscriptions of one client', () => {
  const filters = Array.from({ length: MOST_SUBSCRIPTIONS }, (_, n) => `a/${n}`);

  it('are as many as it may hold, and one that it holds may be asked for again', () => {
    const asked = createAsked();
    const client = {};
    expect(filters.map((filter) => asked.grant(client, filter))).not.toContain(false);
    expect(asked.grant(client, 'one/too/many')).toBe(false);
    expect(asked.grant(client, 'a/7')).toBe(true);
    expect(asked.grant({}, 'one/too/many')).toBe(true);
  });

  it('make room when they are given back, and are no longer granted', () => {
    const asked = createAsked();
    const client = {};
    for (const filter of filters) asked.grant(client, filter);
    asked.giveBack(client, ['a/3', 'never/held']);
    expect(asked.isGranted(client, 'a/3')).toBe(false);
    expect(asked.grant(client, 'b')).toBe(true);
    expect(asked.grant(client, 'a/3')).toBe(false);
  });
});
