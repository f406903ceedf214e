import { describe, expect, it } from 'vitest';
import { createDeviceTokens, digestOf, newSecret } from '../../gateway/sources/device-tokens.ts';
import { mqttDevice } from '../fakes/mqtt-device.ts';

const DEVICES = new Map([
  mqttDevice('open'),
  mqttDevice('filed', { secret: 'in the file' }),
  mqttDevice('stored'),
]);
const stored = (id: string, secret: string) => ({ device: id, digest: digestOf(secret) });

describe('the secret of a device', () => {
  it('is the file’s, or else the store’s', () => {
    const tokens = createDeviceTokens(DEVICES, [
      stored('stored', 'in the store'),
      stored('filed', 'forgotten long ago'),
    ]);
    const fits = (id: string, secret: string) => tokens.fits(id, Buffer.from(secret));
    expect(fits('filed', 'in the file')).toBe(true);
    expect(fits('filed', 'forgotten long ago')).toBe(false);
    expect(fits('stored', 'in the store')).toBe(true);
    expect(fits('open', '')).toBe(false);
    expect(tokens.deviceOf('in the file')?.id).toBe('filed');
    expect(tokens.deviceOf('in the store')?.id).toBe('stored');
    expect(tokens.deviceOf('forgotten long ago')).toBeUndefined();
    expect(['open', 'filed', 'stored', 'nobody'].map(tokens.stateOf)).toEqual([
      'none',
      'file',
      'stored',
      'none',
    ]);
  });

  it('that is revoked leaves its device closed, and fits nobody', () => {
    const tokens = createDeviceTokens(DEVICES, [stored('stored', 'a')]);
    tokens.change({ device: 'stored' });
    expect(tokens.isOpen('stored')).toBe(false);
    expect(tokens.fits('stored', Buffer.from('a'))).toBe(false);
    expect(tokens.fits('stored', Buffer.alloc(0))).toBe(false);
    expect(tokens.deviceOf('a')).toBeUndefined();
  });

  it('counts from the moment that it changes, and whoever listens is told once', () => {
    const tokens = createDeviceTokens(DEVICES);
    const told: string[] = [];
    const stop = tokens.onChange((id) => told.push(id));
    expect(tokens.isOpen('open')).toBe(true);
    tokens.change(stored('open', 'a'));
    expect(tokens.isOpen('open')).toBe(false);
    expect(tokens.deviceOf('a')?.id).toBe('open');
    tokens.change(stored('open', 'b'));
    expect(tokens.deviceOf('a')).toBeUndefined();
    stop();
    tokens.change({ device: 'open' });
    expect(told).toEqual(['open', 'open']);
  });

  it('of a device that the site does not have stays closed for when it is back', () => {
    const tokens = createDeviceTokens(DEVICES, [stored('gone', 'a')]);
    expect(tokens.isOpen('gone')).toBe(false);
    expect(tokens.deviceOf('a')).toBeUndefined();
  });

  it('is 128 random bits', () => {
    const secrets = Array.from({ length: 100 }, newSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(16);
  });
});
