import { describe, expect, it } from 'vitest';
import type { Device } from '../../gateway/domain/asset.ts';
import { minutes } from '../../gateway/domain/time.ts';
import { covers, subscriptionsOf } from '../../gateway/sources/subscriptions.ts';

const device = (id: string, source: string, topic?: string): [string, Device] => [
  id,
  {
    id,
    source,
    decoder: 'courtyard-json',
    decoderOptions: {},
    assets: new Map(),
    every: minutes(1),
    ...(topic !== undefined && { topic }),
  },
];

const site = {
  siteId: 'luyuan',
  devices: new Map([
    device('plug', 'upstream', 'tele/plug/SENSOR'),
    device('bin', 'upstream', 'zigbee/bin'),
    device('other', 'elsewhere', 'tele/other/SENSOR'),
    device('k1', 'upstream'),
  ]),
};
const NATIVE = ['courtyard/luyuan/+/telemetry', 'courtyard/luyuan/+/status'];

describe('what is asked of a broker elsewhere', () => {
  it('are the native topics and its own devices’ topics', () => {
    expect(subscriptionsOf('upstream', site, [])).toEqual([
      ...NATIVE,
      'tele/plug/SENSOR',
      'zigbee/bin',
    ]);
  });

  it('leaves out what another filter covers, so that nothing comes twice', () => {
    expect(subscriptionsOf('upstream', site, ['tele/#', 'tele/+/SENSOR', 'tele/#'])).toEqual([
      ...NATIVE,
      'zigbee/bin',
      'tele/#',
    ]);
    expect(subscriptionsOf('upstream', site, ['#'])).toEqual(['#']);
  });

  it.each([
    ['#', 'a/b', true],
    ['a/#', 'a', true],
    ['a/#', 'a/+/c', true],
    ['a/+', 'a/b', true],
    ['a/+', 'a/b/c', false],
    ['a/+', 'a', false],
    ['a/+', 'a/#', false],
    ['+/b', 'a/b', true],
    ['+/b', 'a/c', false],
    ['a/b', 'a/+', false],
    ['a/b/c', 'a/b', false],
    ['#', '$SYS/broker', false],
    ['$share/g/a/#', 'a/b', false],
  ])('%s covers %s: %s', (wide, narrow, answer) => {
    expect(covers(wide, narrow)).toBe(answer);
  });
});
