// Two companies describe one compound, each in its own words. Where they differ, the demonstration
// shows a sensor that nobody knows, or waits for one that was never delivered.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { DEMO_SITE, LINE } from '../../firmware-sim/site.ts';
import { ROOT } from '../tools.ts';

interface SiteFile {
  readonly site: { id: string; latitude: number; longitude: number };
  readonly stations: readonly {
    id: string;
    bins: readonly Record<string, unknown>[];
  }[];
  readonly circuits: readonly {
    id: string;
    lit: string;
    lamps: readonly { id: string; nominalW: number }[];
  }[];
  readonly devices: readonly {
    id: string;
    source: string;
    asset?: string;
    assets?: Record<string, string>;
  }[];
}

const file = parse(readFileSync(path.join(ROOT, 'config/site.demo.yaml'), 'utf8')) as SiteFile;

describe('the hardware delivered and the demo’s site file agree on', () => {
  it('the place', () => {
    const { id, latitude, longitude } = DEMO_SITE.place;
    expect(file.site).toMatchObject({ id, latitude, longitude });
  });

  it('the bins and their measures', () => {
    const named = file.stations.flatMap(({ id, bins }) =>
      bins.map((bin) => ({ ...bin, station: id })),
    );
    expect(named).toMatchObject(DEMO_SITE.bins);
  });

  it('the lamps, their circuits, and when they are lit', () => {
    const named = file.circuits.flatMap(({ id, lit, lamps }) =>
      lamps.map((lamp) => ({
        id: lamp.id,
        circuit: id,
        nominalW: lamp.nominalW,
        lit: lit === 'sun' ? 'by-sun' : lit,
      })),
    );
    expect(named).toEqual(DEMO_SITE.lamps);
  });

  it('the devices, how they speak, and of what', () => {
    const named = file.devices.map(({ id, source, asset, assets }) => ({
      id,
      way: source === LINE ? 'line' : 'mqtt',
      of: assets ?? asset,
    }));
    // What the compound calls its main, its meter knows by its own number only.
    const delivered = DEMO_SITE.devices.map((device) => ({
      id: device.id,
      way: device.way,
      of: device.kind === 'bins' ? (device.channels[''] ?? device.channels) : device.of,
    }));
    const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
    expect(
      named
        .map((each) => (each.of === 'water-main' ? { ...each, of: 'meter-1' } : each))
        .sort(byId),
    ).toEqual(delivered.sort(byId));
  });
});
