import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_NOTICES } from '../../gateway/domain/reader.ts';
import { DEFAULT_WORK } from '../../gateway/domain/work.ts';
import { FOREVER, hours, milliseconds, minutes, seconds, days } from '../../gateway/domain/time.ts';
import { readSiteFile } from '../../gateway/site/load.ts';
import type { Site } from '../../gateway/site/site.ts';
import { temporaryFolder } from '../tools.ts';
import { DECODERS, LEAST, load, read } from './tools.ts';

const siteOf = (text: string): Site => {
  const { site, mistakes } = load(text);
  expect(mistakes).toBeUndefined();
  if (!site) throw new Error('no site');
  return site;
};

describe('the site files that come with the product', () => {
  it('the demo has nothing to say against', () => {
    const { mistakes, warnings } = load(read('config/site.demo.yaml'));
    expect(mistakes).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('the starter lacks nothing but the address that only its owner knows', () => {
    const { mistakes, warnings } = load(read('config/site.yaml'));
    expect(mistakes).toBeUndefined();
    expect(warnings.map(({ what }) => what)).toEqual([expect.stringContaining('publicUrl')]);
  });

  it('the demo says that it is simulated and the starter does not', () => {
    expect(siteOf(read('config/site.demo.yaml')).simulated).toBe(true);
    expect(siteOf(read('config/site.yaml')).simulated).toBe(false);
  });

  it('the demo has one silence, one line and one circuit rule with short holds', () => {
    const rules = siteOf(read('config/site.demo.yaml')).rules;
    expect(Object.fromEntries(rules.map((rule) => [rule.id, rule.holdFor]))).toMatchObject({
      'bin-full': seconds(10),
      'lamp-out': seconds(20),
      'circuit-down': seconds(5),
      'port-lost': seconds(5),
    });
  });
});

describe('a site file that says only what it must', () => {
  it('is a site on loopback with empty lists', () => {
    expect(siteOf(LEAST)).toEqual({
      file: 'site.yaml',
      compound: {
        place: {
          id: 'luyuan',
          name: '绿苑小区',
          zone: 'Asia/Shanghai',
          latitude: 31.08,
          longitude: 121.39,
          dayStartsAtMinute: 0,
        },
        stations: new Map(),
        assets: new Map(),
        devices: new Map(),
      },
      http: { host: '127.0.0.1', port: 8080, trustedProxies: [] },
      store: {
        dir: './data',
        rawKeep: days(7),
        rawKeepBytes: 32 * 1024 * 1024,
        keep: { raw: days(30), minute: days(180), hour: days(1830), day: FOREVER },
        maxBytes: 8192 * 1024 * 1024,
        sync: 'latency',
        ballastBytes: 32 * 1024 * 1024,
        waitingBytes: 16 * 1024 * 1024,
        giveUpAfter: minutes(10),
        day: { zone: 'Asia/Shanghai', dayStartsAtMinute: 0 },
      },
      homeAssistant: { enabled: false, prefix: 'homeassistant' },
      sources: [],
      rules: [],
      patrols: new Map(),
      work: DEFAULT_WORK,
      webhooks: [],
      channels: [],
      notices: DEFAULT_NOTICES,
      simulated: false,
    });
  });

  it('sections whose lines are all commented out are as good as left out', () => {
    expect(siteOf(`${LEAST}http:\nstations:\nrules:\n`)).toEqual(siteOf(LEAST));
  });
});

describe('what becomes of the words', () => {
  it('a bin gets its station, its defaults and its id for a name', () => {
    const site = siteOf(`${LEAST}stations:
  - { id: k1, name: 1号投放点, bins: [{ id: k1-wet, stream: wet, position: 1, tareKg: 14.2 }] }
`);
    expect(site.compound.assets.get('k1-wet')).toEqual({
      kind: 'bin',
      id: 'k1-wet',
      name: 'k1-wet',
      station: 'k1',
      stream: 'wet',
      position: 1,
      blindMm: 30,
      toleranceMm: 100,
      tareKg: 14.2,
    });
  });

  it('a lamp is lit as it says itself, else as its circuit says, else by the sun', () => {
    const site = siteOf(`${LEAST}circuits:
  - id: c1
    lit: always
    lamps:
      - { id: own, nominalW: 30, lit: sun, sunsetOffsetMin: -15 }
      - { id: timed, nominalW: 30, lit: [{ days: "sat-mon,wed", from: "18:00", to: "06:00" }] }
      - { id: circuits, nominalW: 30 }
  - id: c2
    sunriseOffsetMin: 20
    lamps: [{ id: suns, nominalW: 30 }]
`);
    const hoursOf = (id: string) => {
      const lamp = site.compound.assets.get(id);
      return lamp?.kind === 'lamp' ? lamp.hours : undefined;
    };
    expect(hoursOf('own')).toEqual({ by: 'sun', onOffsetMin: -15, offOffsetMin: 0 });
    expect(hoursOf('timed')).toEqual({
      by: 'timetable',
      spans: [{ days: ['mon', 'wed', 'sat', 'sun'], fromMinute: 1080, toMinute: 360 }],
    });
    expect(hoursOf('circuits')).toEqual({ by: 'always' });
    expect(hoursOf('suns')).toEqual({ by: 'sun', onOffsetMin: 0, offOffsetMin: 20 });
  });

  it("a device on a serial line is read by the line's decoder, channel by channel", () => {
    const site = siteOf(read('config/site.yaml'));
    const k1 = site.compound.devices.get('k1');
    expect(k1?.decoder).toBe('courtyard-line');
    expect(k1?.assets.get('rec')).toBe('k1-rec');
    expect(site.compound.devices.get('meter-1')?.assets).toEqual(new Map([['', 'water-main']]));
    expect(site.compound.devices.get('meter-1')?.every).toBe(minutes(5));
  });

  it('every kind of rule is told by the key of its condition', () => {
    const site = siteOf(`${LEAST}rules:
  - { id: full, on: bin, quantity: fill, above: 0.9, severity: medium }
  - { id: low, on: bin, quantity: battery, below: 3.3, clearAbove: 3.4, severity: low }
  - { id: silent, on: device, silentFor: 10m, severity: low }
  - { id: dark, on: lamp, should: on, holdFor: 90s, severity: low }
  - { id: down, on: circuit, mostOf: dark, severity: high }
  - { id: lost, on: source, lostFor: 30s, severity: high, only: [] }
  - { id: stuck, on: bin, quantity: distance, unchangedFor: 24h, severity: low }
`);
    const none = milliseconds(0);
    const [full, low, silent, dark, down, lost, stuck] = site.rules;
    expect(full).toMatchObject({ kind: 'threshold', side: 'above', limit: 0.9, clearAt: 0.9 });
    expect(low).toMatchObject({ kind: 'threshold', side: 'below', limit: 3.3, clearAt: 3.4 });
    expect(silent).toMatchObject({ kind: 'silence', silentFor: minutes(10), holdFor: none });
    expect(dark).toMatchObject({ kind: 'lamp', should: 'on', litFrom: 0.2, holdFor: seconds(90) });
    expect(down).toMatchObject({ kind: 'most-of', of: 'dark', share: 0.5 });
    expect(lost).toMatchObject({ kind: 'link', holdFor: seconds(30), sources: [] });
    expect(stuck).toMatchObject({ kind: 'stuck', unchangedFor: hours(24) });
  });

  it('nothing of a site can be changed, not even the entries of its maps', () => {
    const site = siteOf(read('config/site.yaml'));
    const bin = site.compound.assets.get('k1-wet');
    expect(() => Object.assign(site.http, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(bin ?? {}, { emptyMm: 1 })).toThrow(TypeError);
    expect(() => (site.compound.assets as Map<string, unknown>).delete('k1-wet')).toThrow('frozen');
  });
});

describe('files beside the site file', () => {
  const withSecret = `${LEAST}meters: [{ id: water-main }]
sources: [{ id: broker, kind: mqtt-broker }]
devices:
  - { id: m, source: broker, decoder: courtyard-json, asset: water-main, secretFile: ./secrets/m }
`;
  const folderWith = (mode: number): string => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'secrets'));
    writeFileSync(path.join(folder, 'site.yaml'), withSecret);
    writeFileSync(path.join(folder, 'secrets/m'), 'of the well\n');
    chmodSync(path.join(folder, 'secrets/m'), mode);
    return path.join(folder, 'site.yaml');
  };
  const readFrom = (file: string) => readSiteFile(file, { decoders: DECODERS });

  it("a secret is read from the site file's folder, without its line end", () => {
    const { site } = readFrom(folderWith(0o600));
    expect(site?.compound.devices.get('m')?.secret).toBe('of the well');
  });

  it('a secret that other users may read is a mistake', () => {
    const [mistake] = readFrom(folderWith(0o644)).mistakes ?? [];
    expect(mistake?.what).toContain('chmod 600 ./secrets/m');
  });

  it('a site file that is not there is a fault, not a mistake', () => {
    expect(() => readFrom('/nowhere/site.yaml')).toThrow(
      expect.objectContaining({ code: 'config-unreadable' }),
    );
  });
});
