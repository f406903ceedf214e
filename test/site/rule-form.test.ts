import { describe, expect, it } from 'vitest';
import { readRules } from '../../gateway/site/changed-rules.ts';
import { formOf } from '../../gateway/site/rule-form.ts';
import { load, read } from './tools.ts';

const EVERY_KIND = `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
sources: [{ id: web, kind: http }]
stations:
  - id: k
    name: K
    windows: [{ from: "07:00", to: "09:00" }]
    bins: [{ id: k1-wet, stream: wet, position: 1, volumeL: 240, emptyMm: 1000, fullMm: 200 }]
    scales: [{ id: s-1 }]
circuits: [{ id: c1, lamps: [{ id: lamp-1, nominalW: 30 }, { id: lamp-2, nominalW: 30 }] }]
devices: [{ id: k1, source: web, decoder: courtyard-json, asset: k1-wet }]
rules:
  - { id: bin-full, on: bin, quantity: fill, above: 0.9, clearBelow: 0.7, holdFor: 10m, severity: medium, clearFor: 90s, ends: when-seen, reAlarmAfter: 4h, graver: [{ from: 0.98, severity: high }], ticket: { category: bin-full, team: cleaners } }
  - { id: battery, on: bin, quantity: battery, below: 3.3, severity: low, only: [k1-wet], during: { windows: [{ days: mon-fri, from: "22:00", to: "06:00" }], holidays: never, season: { from: "06-01", to: "09-30" } } }
  - { id: silent, on: device, silentFor: 10m, severity: low }
  - { id: hushed, on: device, silentFor: learned, severity: low }
  - { id: lamp-out, on: lamp, should: "on", litFrom: 0.3, holdFor: 10m, severity: medium }
  - { id: dark, on: circuit, mostOf: lamp-out, share: 0.6, holdFor: 1m, severity: high }
  - { id: cut, on: source, lostFor: 5s, severity: medium, only: [web] }
  - { id: stuck, on: bin, quantity: distance, unchangedFor: 2m, severity: low }
  - { id: mains, on: lamp, quantity: voltage, outside: { least: 200, most: 250 }, clearWithin: { least: 205, most: 245 }, severity: medium }
  - { id: hot, on: bin, quantity: temperature, rises: { by: 10, within: 10m }, severity: high }
  - { id: gone, on: bin, quantity: fill, falls: { by: 0.2, within: 1m }, severity: low }
  - { id: trembles, on: bin, quantity: distance, noisy: { moreThan: 40, within: 30m }, severity: low }
  - { id: blinded, on: bin, meaning: sensor-blinded, severity: low }
  - { id: off-hours, on: bin, outsideWindow: { moreThanKg: 0.5 }, severity: low }
  - { id: apart, on: scale, quantity: net, disagrees: { with: k1-wet.net, moreThan: 5, within: 1m }, severity: low }
  - { id: again, on: lamp, repeats: { of: lamp-out, moreThan: 3, within: 1h }, severity: medium }
`;

describe('a rule written back as the site file would', () => {
  it.each([
    ['of every kind', EVERY_KIND],
    ['of the demo', read('config/site.demo.yaml')],
  ])('reads as the same rule: %s', (_which, text) => {
    const { site, mistakes } = load(text);
    if (!site) throw new Error(mistakes.map(({ what }) => what).join('; '));
    const again = readRules(site, site.rules.map(formOf));
    expect(again.mistakes).toBeUndefined();
    expect(again.rules).toEqual(site.rules);
  });

  it('knows every kind that there is', () => {
    const { site } = load(EVERY_KIND);
    const kinds = new Set(site?.rules.map(({ kind }) => kind));
    expect(kinds.size).toBe(13);
  });
});
