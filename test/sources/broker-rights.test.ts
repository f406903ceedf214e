import { describe, expect, it } from 'vitest';
import {
  type BrokerProfile,
  mayDo,
  type Right,
  type Who,
  type Wish,
} from '../../gateway/sources/broker-rights.ts';
import { createTopics } from '../../gateway/sources/topics.ts';
import { SITE } from './broker-bench.ts';

const topics = createTopics('broker', { ...SITE, homeAssistant: 'homeassistant' });
const isOpen = (device: string): boolean => device !== 'lamp-07';

const LAMP: Who = { kind: 'device', device: 'lamp-07' };
const OPEN: Who = { kind: 'open' };
const [MINE, ITS] = ['courtyard/luyuan/k1', 'courtyard/luyuan/lamp-07'];

function right(who: Who | undefined, what: string, profile: BrokerProfile = 'site'): Right {
  const [action, topic, retain] = what.split(' ') as [Wish['action'], string, string?];
  return mayDo({ who, action, topic, retain: retain === 'kept' }, { topics, profile, isOpen });
}

describe('what a device with a secret may do', () => {
  it.each<[what: string, right: Right]>([
    [`publish ${ITS}/telemetry`, 'yes'],
    [`publish ${ITS}/telemetry kept`, 'unretained'],
    [`publish ${ITS}/status kept`, 'yes'],
    [`publish ${ITS}/set`, 'no'],
    [`publish ${ITS}/telemetry/more`, 'no'],
    [`publish ${ITS}/`, 'no'],
    [`publish ${MINE}/telemetry`, 'no'],
    [`publish ${MINE}/status`, 'no'],
    ['publish courtyard/other/lamp-07/telemetry', 'no'],
    ['publish courtyard/luyuan/assets/lamp-07', 'no'],
    ['publish courtyard/luyuan/bridge/state', 'no'],
    ['publish tele/plug/SENSOR', 'no'],
    ['publish homeassistant/status', 'no'],
    ['publish made/up', 'no'],
    ['publish $SYS/x', 'no'],
    [`subscribe ${ITS}/set`, 'yes'],
    [`subscribe ${ITS}/telemetry`, 'no'],
    [`subscribe ${ITS}/#`, 'no'],
    [`subscribe ${ITS}/+`, 'no'],
    [`subscribe ${MINE}/set`, 'no'],
    ['subscribe courtyard/luyuan/+/set', 'no'],
    ['subscribe #', 'no'],
    ['subscribe +/+/+/set', 'no'],
    ['subscribe $SYS/#', 'no'],
    [`subscribe $share/x/${ITS}/set`, 'no'],
    [`forward ${ITS}/set`, 'yes'],
    [`forward ${MINE}/set`, 'no'],
    [`forward ${ITS}/telemetry`, 'no'],
    ['forward courtyard/luyuan/assets/lamp-07', 'no'],
    ['forward made/up', 'no'],
  ])('%s: %s', (what, expected) => {
    expect(right(LAMP, what)).toBe(expected);
    expect(right(LAMP, what, 'open')).toBe(expected);
  });
});

describe('what anyone on this machine may do', () => {
  it.each<[what: string, right: Right]>([
    [`publish ${MINE}/telemetry`, 'yes'],
    [`publish ${MINE}/telemetry kept`, 'unretained'],
    [`publish ${MINE}/status kept`, 'yes'],
    ['publish courtyard/luyuan/nobody-knows/telemetry', 'yes'],
    ['publish tele/plug/SENSOR', 'yes'],
    ['publish homeassistant/status', 'yes'],
    [`publish ${ITS}/telemetry`, 'no'],
    [`publish ${ITS}/status`, 'no'],
    [`publish ${MINE}/set`, 'no'],
    ['publish courtyard/luyuan/assets/k1-wet', 'no'],
    ['publish courtyard/luyuan/assets/telemetry', 'no'],
    ['publish courtyard/luyuan/bridge/status', 'no'],
    ['publish homeassistant/device/x/config', 'no'],
    ['publish $SYS/x', 'no'],
    ['publish a/\u0001/b', 'no'],
    ['subscribe #', 'yes'],
    ['subscribe +/+/+/telemetry', 'yes'],
    [`subscribe ${MINE}/set`, 'yes'],
    ['subscribe courtyard/luyuan/assets/k1-wet', 'yes'],
    [`subscribe ${ITS}/set`, 'no'],
    [`subscribe ${ITS}/telemetry`, 'no'],
    ['subscribe $SYS/#', 'no'],
    ['subscribe $share/x/#', 'no'],
    ['subscribe a/b/c/d/e/f/g/h/#', 'no'],
    [`subscribe ${'x'.repeat(513)}`, 'no'],
    ['subscribe a/\u0085/#', 'no'],
    ['subscribe a/\ufffd/#', 'no'],
    [`forward ${MINE}/telemetry`, 'yes'],
    [`forward ${MINE}/set`, 'yes'],
    ['forward courtyard/luyuan/assets/lamp-07', 'yes'],
    ['forward courtyard/luyuan/bridge/state', 'yes'],
    ['forward homeassistant/device/x/config', 'yes'],
    [`forward ${ITS}/telemetry`, 'no'],
    [`forward ${ITS}/status`, 'no'],
    [`forward ${ITS}/set`, 'no'],
    ['forward $SYS/x/heartbeat', 'no'],
  ])('%s: %s', (what, expected) => {
    expect(right(OPEN, what)).toBe(expected);
    expect(right(OPEN, what, 'open')).toBe(expected);
  });

  it.each(['publish made/up', 'publish made/up kept', 'subscribe made/up', 'forward made/up'])(
    '%s: only where the profile is open',
    (what) => {
      expect(right(OPEN, what)).toBe('no');
      expect(right(OPEN, what, 'open')).toBe('yes');
    },
  );
});

describe('what a connection may do that is not known', () => {
  it.each([`publish ${MINE}/telemetry`, `subscribe ${MINE}/set`, 'forward made/up'])(
    '%s: no',
    (what) => {
      expect(right(undefined, what)).toBe('no');
      expect(right(undefined, what, 'open')).toBe('no');
    },
  );
});
