// `courtyard replay` on a small recording, in words and as the published JSON object.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../tools.ts';
import { courtyard } from './command.ts';

const SITE = `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
stations:
  - { id: k1, name: Kiosk, bins: [{ id: k1-wet, stream: wet, position: 1 }] }
rules:
  - { id: bin-full, on: bin, quantity: fill, above: 0.9, clearBelow: 0.7, holdFor: 10m, severity: medium, ticket: { category: bin-full, team: cleaners } }
`;
const MAP = `format: csv
time: { column: at }
asset: { column: bin }
quantities: { fill: { column: fill, unit: "%" } }
only: { lid: shut }
`;
const ROWS = `at,bin,fill,lid
2026-11-02T00:00:00Z,k1-wet,40,shut
2026-11-02T01:00:00Z,k1-wet,95,shut
2026-11-02T01:05:00Z,k1-wet,10,open
2026-11-02T01:30:00Z,k1-wet,96,shut
2026-11-02T01:31:00Z,k9,50,shut
2026-11-02T01:32:00Z,k1-wet,much,shut
2026-11-02T02:00:00Z,k1-wet,20,shut
`;

function recording(): readonly string[] {
  const dir = temporaryFolder();
  const files = { 'site.yaml': SITE, 'map.yaml': MAP, 'rows.csv': ROWS };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(dir, name), text);
  return ['replay', `${dir}/rows.csv`, '--map', `${dir}/map.yaml`, '-c', `${dir}/site.yaml`];
}

describe('replay', { timeout: 60_000 }, () => {
  it('gives what would have happened, as JSON', async () => {
    const { code, out } = await courtyard([...recording(), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      readings: 4,
      rejected: { 'unknown-asset': 1, 'not-a-number': 1 },
      skipped: 1,
      alarms: [
        {
          rule: 'bin-full',
          asset: 'k1-wet',
          raisedAt: '2026-11-02T01:10:00.000Z',
          clearedAt: '2026-11-02T02:00:00.000Z',
        },
      ],
      tickets: [{ category: 'bin-full', asset: 'k1-wet', raisedAt: '2026-11-02T01:10:00.000Z' }],
    });
  });

  it('gives the same in words', async () => {
    const { code, out } = await courtyard(recording());
    expect(code).toBe(0);
    expect(out).toMatch(
      /^4 readings, rejected: 1 \S+, 1 \S+, 1 rows skipped\n1 alarms, 1 tickets, 0 deposits, 0 collections\n/,
    );
    expect(out).toContain(
      '  2026-11-02T01:10:00.000Z  k1-wet  bin-full  cleared 2026-11-02T02:00:00.000Z',
    );
  });

  it.each([
    ['a speed that is none', ['--speed', 'fast'], '--speed takes max or a number above 0'],
    ['a map that is not there', ['--map', '/nowhere.yaml'], 'reading /nowhere.yaml'],
  ])('given %s is wrong usage', async (_what, more, says) => {
    const { code, err } = await courtyard([...recording(), ...more]);
    expect(code).toBe(2);
    expect(err).toContain(says);
    expect(err).not.toMatch(/ {4}at /);
  });
});
