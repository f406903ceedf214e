// What every store keeps of the secrets of devices.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../gateway/store/log.ts';
import { at } from '../store/entries.ts';

export function secretsContract(name: string, open: () => Promise<Store>): void {
  describe(`${name}: the secrets of devices`, () => {
    it('keeps one for each device, the latest, and that it was revoked', async () => {
      const store = await open();
      onTestFinished(() => store.close());
      const digest = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
      expect(await store.secrets.all()).toEqual([]);
      await store.secrets.put({ device: 'lamp', digest: digest(1), at: at(1) });
      await store.secrets.put({ device: 'bin', digest: digest(2), at: at(2) });
      await store.secrets.put({ device: 'lamp', digest: digest(3), at: at(3) });
      await store.secrets.put({ device: 'bin', at: at(4) });
      expect(await store.secrets.all()).toEqual([
        { device: 'bin', at: at(4) },
        { device: 'lamp', digest: digest(3), at: at(3) },
      ]);
    });
  });
}
