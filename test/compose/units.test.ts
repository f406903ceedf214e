// The systemd units read as text: what they start exists, what they name fits the rest.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { misspoken } from '../cli/spoken.ts';
import { ROOT } from '../tools.ts';

const GATEWAY = unit('config/courtyard.service');
const KIOSK = unit('config/courtyard-kiosk.service');

/** Each key with all its values, in their order. */
function unit(file: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const line of readFileSync(path.join(ROOT, file), 'utf8').split('\n')) {
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (key !== undefined) values.set(key, [...(values.get(key) ?? []), value ?? '']);
  }
  return values;
}

describe('the gateway’s unit', () => {
  it('starts a command that the gateway knows', async () => {
    const [start = ''] = GATEWAY.get('ExecStart') ?? [];
    expect(start).toMatch(/^\/opt\/courtyard\/bin\/courtyard run /);
    expect(await misspoken(start.replace(/^\S+ /, ''))).toEqual([]);
  });

  it('takes the words of systemd-notify, which is a child', () => {
    expect(GATEWAY.get('Type')).toEqual(['notify']);
    expect(GATEWAY.get('NotifyAccess')).toEqual(['all']);
    expect(Number(GATEWAY.get('WatchdogSec'))).toBeGreaterThanOrEqual(15);
    expect(GATEWAY.get('RestrictAddressFamilies')?.[0]).toContain('AF_UNIX');
  });

  it('comes back whatever ended it, for ever', () => {
    expect(GATEWAY.get('Restart')).toEqual(['always']);
    expect(GATEWAY.get('StartLimitIntervalSec')).toEqual(['0']);
  });

  it('does not wait for a clock that a site without internet never gets', () => {
    expect([...GATEWAY.values()].flat().join(' ')).not.toMatch(/time-sync|time-wait/);
  });

  it('may use serial ports and write to its own folders, and nothing else', () => {
    expect(GATEWAY.get('SupplementaryGroups')).toEqual(['dialout']);
    expect(GATEWAY.get('DeviceAllow')).toContain('char-ttyUSB rw');
    expect(GATEWAY.get('DeviceAllow')).toContain('char-ttyACM rw');
    expect(GATEWAY.get('ProtectSystem')).toEqual(['strict']);
    expect(GATEWAY.get('NoNewPrivileges')).toEqual(['yes']);
    expect(GATEWAY.get('StateDirectory')).toEqual(['courtyard']);
    expect(GATEWAY.get('WorkingDirectory')).toEqual(['/var/lib/courtyard']);
    expect(GATEWAY.has('ReadWritePaths')).toBe(false);
  });

  it('leaves Node what it compiles with', () => {
    expect(GATEWAY.has('MemoryDenyWriteExecute')).toBe(false);
  });
});

describe('the kiosk’s unit', () => {
  it('opens a page that the gateway has', () => {
    const [start = ''] = KIOSK.get('ExecStart') ?? [];
    expect(start).toContain('--app=${GATEWAY}/kiosk/${STATION}');
    expect(KIOSK.get('Environment')).toEqual(['STATION=k1', 'GATEWAY=http://localhost:8080']);
  });

  it('comes back for ever', () => {
    expect(KIOSK.get('Restart')).toEqual(['always']);
  });
});
