import { describe, expect, it } from 'vitest';
import { createLabelDesk } from '../../gateway/flow/residents/label-desk.ts';
import { DEFAULT_WORK } from '../../gateway/domain/work.ts';
import { addressDoubts } from '../../gateway/site/address-doubts.ts';
import { SMALL_SITE } from '../fakes/small-site.ts';

function labelsOf(place: object) {
  const compound = { ...SMALL_SITE.compound, place: { ...SMALL_SITE.compound.place, ...place } };
  const work = { ...DEFAULT_WORK, buildings: new Map([['b3', { id: 'b3', name: '3号楼' }]]) };
  const http = { host: '127.0.0.1', port: 8080 };
  const reach = addressDoubts({ place: compound.place, http });
  return createLabelDesk({ compound, work, reach }).labels();
}

describe('the labels of a site', () => {
  it('are one for each station, lamp, meter and building, each leading to its own page', () => {
    const { labels } = labelsOf({ publicUrl: 'https://luyuan.example' });
    expect(labels.map(({ code, kind, link }) => `${kind} ${code} ${link}`)).toEqual([
      'station k1 https://luyuan.example/r/k1',
      ...[1, 2, 3, 4].map((n) => `lamp lamp-${n} https://luyuan.example/r/lamp-${n}`),
      'meter water-main https://luyuan.example/r/water-main',
      'building b3 https://luyuan.example/r/b3',
    ]);
    expect(labels[1]?.within).toEqual({ id: 'c1', name: '东路灯回路' });
  });

  it('lead nowhere without a public address, and the sheets say why', () => {
    const { labels, warnings } = labelsOf({});
    expect(labels.every(({ link }) => link === undefined)).toBe(true);
    expect(warnings.map(({ reason }) => reason)).toEqual(['no-address']);
  });

  it('bear the telephone of the site', () => {
    const contact = { phone: '021-5555 0100', name: '物业值班室' };
    expect(labelsOf({ contact }).contact).toEqual(contact);
  });
});
