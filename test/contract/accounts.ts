// What every store keeps of what people and screens come in with.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AccessToken } from '../../gateway/domain/credential.ts';
import type { Store } from '../../gateway/store/log.ts';
import { at } from '../store/entries.ts';

const digest = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

const session = (id: string, byte: number): AccessToken => ({
  id,
  digest: digest(byte),
  kind: 'session',
  name: 'Firefox',
  person: 'wang',
  madeAt: at(1),
  usedAt: at(1),
  endsAt: at(9),
});

const DISPLAY: AccessToken = {
  id: 'd',
  digest: digest(7),
  kind: 'display',
  name: '1号屏',
  person: 'wang',
  station: 'k1',
  madeAt: at(2),
  usedAt: at(2),
};

const KEY: AccessToken = {
  id: 'k',
  digest: digest(8),
  kind: 'key',
  name: 'report',
  person: 'wang',
  role: 'reviewer',
  madeAt: at(3),
  usedAt: at(3),
};

export function accountsContract(name: string, open: () => Promise<Store>): void {
  const opened = async (): Promise<Store> => {
    const store = await open();
    onTestFinished(() => store.close());
    return store;
  };

  describe(`${name}: what people come in with`, () => {
    it('is nothing at first', async () => {
      expect(await (await opened()).accounts.load()).toEqual({ credentials: [], tokens: [] });
    });

    it('has one password for each person, the latest', async () => {
      const { accounts } = await opened();
      await accounts.change({ credential: { person: 'wang', digest: 'one', at: at(1) } });
      await accounts.change({ credential: { person: 'li', digest: 'two', at: at(2) } });
      await accounts.change({ credential: { person: 'wang', digest: 'three', at: at(3) } });
      expect((await accounts.load()).credentials).toEqual([
        { person: 'li', digest: 'two', at: at(2) },
        { person: 'wang', digest: 'three', at: at(3) },
      ]);
    });

    it('has tokens of every kind as they were put, until they are ended', async () => {
      const { accounts } = await opened();
      const tokens = [session('a', 1), session('b', 2), DISPLAY, KEY];
      await accounts.change({ tokens });
      expect((await accounts.load()).tokens).toEqual(tokens);
      const used = { ...session('a', 1), usedAt: at(5) };
      await accounts.change({ tokens: [used], ended: ['b', 'nobody'] });
      expect((await accounts.load()).tokens).toEqual([used, DISPLAY, KEY]);
    });

    it('changes a password and ends what was opened with the old one together', async () => {
      const { accounts } = await opened();
      await accounts.change({ tokens: [session('a', 1)] });
      const credential = { person: 'wang', digest: 'new', at: at(4) };
      await accounts.change({ credential, tokens: [session('c', 3)], ended: ['a'] });
      expect(await accounts.load()).toEqual({
        credentials: [credential],
        tokens: [session('c', 3)],
      });
    });
  });
}
