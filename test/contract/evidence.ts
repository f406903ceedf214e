// What every store keeps to be shown years later: the audit chain, evidence, what is known of photos.
import { describe, expect, it, onTestFinished } from 'vitest';
import { headInWords, headOfWords, type AuditEntry } from '../../gateway/domain/audit.ts';
import type { Evidence } from '../../gateway/domain/evidence.ts';
import type { Photo } from '../../gateway/domain/photo.ts';
import { hashAfter, hex, NO_ENTRIES } from '../../gateway/store/audit-chain.ts';
import type { Store } from '../../gateway/store/log.ts';
import { at, derived, done, stepCommit } from '../store/entries.ts';

export const tripped = (alarm: string, more: Partial<Evidence> = {}): Evidence => ({
  alarm,
  asset: 'k1-wet',
  raisedAt: at(0),
  text: '≥90 %',
  latest: {},
  due: at(0),
  ...more,
});

const photo = (byte: string, more: Partial<Photo> = {}): Photo => ({
  id: byte.repeat(32),
  ticket: 'T1',
  by: 'wang',
  at: at(1),
  bytes: 1234,
  width: 1600,
  height: 1200,
  sha256: byte.repeat(64),
  ...more,
});

export function evidenceContract(name: string, open: () => Promise<Store>): void {
  const opened = async (): Promise<Store> => {
    const store = await open();
    onTestFinished(() => store.close());
    return store;
  };
  const save = ({ step }: Store, ...audit: AuditEntry[]) => step.save(stepCommit({ audit }));

  describe(`${name}: the audit chain`, () => {
    it('is empty at first', async () => {
      const { audit } = await opened();
      expect(await audit.head()).toEqual(NO_ENTRIES);
      expect(await audit.entries({ limit: 9 })).toEqual([]);
    });

    it('chains each entry to the one before it, newest first when asked', async () => {
      const store = await opened();
      await save(store, done(1), done(1, { place: 1, words: '换了灯泡' }));
      const { from: _from, to: _to, ...stateless } = done(2, { on: 'person', id: 'li' });
      await save(store, stateless);
      const rows = await store.audit.entries({ limit: 9 });
      expect(rows.map(({ number, sequence, place }) => [number, sequence, place])).toEqual([
        [3, 2, 0],
        [2, 1, 1],
        [1, 1, 0],
      ]);
      expect(rows[0]).toMatchObject(stateless);
      expect(rows[0]).not.toHaveProperty('from');
      let before: Uint8Array = new Uint8Array(32);
      for (const { number, hash, ...entry } of rows.toReversed()) {
        before = hashAfter(before, number, entry);
        expect(hash).toBe(hex(before));
      }
      const head = await store.audit.head();
      expect(head).toEqual({ entries: 3, hash: hex(before) });
      expect(headOfWords(headInWords(head))).toEqual(head);
    });

    it('has an entry once, however often its record is folded', async () => {
      const store = await opened();
      await save(store, done(1), done(2));
      await save(store, done(2, { words: 'again' }), done(3));
      expect((await store.audit.entries({ limit: 9 })).map(({ id }) => id)).toEqual([
        'T3',
        'T2',
        'T1',
      ]);
    });

    it('has nothing of a step of which a part is refused, and goes on after it', async () => {
      const store = await opened();
      const half = store.step.save(
        stepCommit({ audit: [done(1)], derived: [derived({ value: Number.NaN })] }),
      );
      await expect(half).rejects.toMatchObject({ code: 'store-write-failed' });
      expect(await store.audit.head()).toEqual(NO_ENTRIES);
      await save(store, done(2));
      expect(await store.audit.entries({ limit: 9 })).toMatchObject([{ number: 1, id: 'T2' }]);
    });

    it('keeps words to the letter that it hashed, whatever somebody typed', async () => {
      const store = await opened();
      const words = 'a\u0000b\r\nc\u001b[31m \ud800 é 😀';
      await save(store, done(1, { words, by: 'wang\n', at: at(1.4) }), done(2));
      const [, row] = await store.audit.entries({ limit: 9 });
      expect(row).toMatchObject({ words: 'a b  c [31m \ufffd é 😀', by: 'wang ', at: at(1) });
      if (!row) throw new Error('the entry is there');
      const { number, hash, ...entry } = row;
      expect(hash).toBe(hex(hashAfter(new Uint8Array(32), number, entry)));
    });

    it('is searched by moment, kind and subject', async () => {
      const store = await opened();
      await save(
        store,
        done(1),
        done(2),
        done(3, { on: 'alarm', id: 'A1' }),
        done(4, { id: 'T1' }),
      );
      const found = async (query: object) =>
        (await store.audit.entries({ limit: 9, ...query })).map(({ sequence }) => sequence);
      expect(await found({ on: 'ticket', id: 'T1' })).toEqual([4, 1]);
      expect(await found({ on: 'alarm' })).toEqual([3]);
      expect(await found({ from: at(2), to: at(4) })).toEqual([3, 2]);
      expect(await found({ limit: 1 })).toEqual([4]);
    });
  });

  describe(`${name}: evidence`, () => {
    it('is begun with the step and completed later, and then stays as it is', async () => {
      const store = await opened();
      const { due: _, ...whole } = tripped('A2');
      await store.step.save(stepCommit({ evidence: [tripped('A1'), whole] }));
      await store.step.save(stepCommit({ evidence: [tripped('A1', { text: 'another' })] }));
      expect(await store.evidence.of('A1')).toEqual(tripped('A1'));
      expect(await store.evidence.of('A9')).toBeUndefined();
      expect(await store.evidence.unfinished(9)).toEqual([tripped('A1')]);

      await store.evidence.complete(tripped('A1', { due: at(900_000) }));
      const { due: _due, ...done } = tripped('A1', { value: 1 });
      await store.evidence.complete(done);
      await store.evidence.complete(tripped('A1', { value: 2 }));
      expect(await store.evidence.of('A1')).toEqual(done);
      expect(await store.evidence.unfinished(9)).toEqual([]);
    });

    it('that is due first comes first', async () => {
      const store = await opened();
      const evidence = [3, 1, 2].map((n) => tripped(`A${n}`, { due: at(n) }));
      await store.step.save(stepCommit({ evidence }));
      const due = await store.evidence.unfinished(2);
      expect(due.map(({ alarm }) => alarm)).toEqual(['A1', 'A2']);
    });
  });

  describe(`${name}: photos`, () => {
    it('are known by their ids, counted by person and time, and forgotten', async () => {
      const { photos } = await opened();
      await photos.note({ add: [photo('a'), photo('b', { at: at(5) })] });
      await photos.note({ add: [photo('c', { by: 'li' })] });
      expect(await photos.of('a'.repeat(32))).toEqual(photo('a'));
      expect(await photos.count('wang', at(0))).toBe(2);
      expect(await photos.count('wang', at(2))).toBe(1);
      await photos.note({ forget: ['b'.repeat(32)] });
      expect(await photos.all()).toEqual([photo('a'), photo('c', { by: 'li' })]);
      expect(await photos.of('b'.repeat(32))).toBeUndefined();
    });
  });
}
