// How the tests of the site file load one: no real folders, secrets by name.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SecretFile } from '../../gateway/site/check.ts';
import { type Loaded, loadSite } from '../../gateway/site/load.ts';
import { ROOT } from '../tools.ts';

export const DECODERS = ['courtyard-line', 'courtyard-json'];

const SECRETS: Readonly<Record<string, SecretFile>> = {
  './secrets/good': { kind: 'secret', text: 'courtyard' },
  './secrets/wecom.url': {
    kind: 'secret',
    text: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a-secret-key',
  },
  './secrets/elsewhere.url': { kind: 'secret', text: 'https://evil.example/send?key=a-secret-key' },
  './secrets/open-air.url': {
    kind: 'secret',
    text: 'http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a-secret-key',
  },
  './secrets/empty': { kind: 'empty' },
  './secrets/open': { kind: 'open' },
  './secrets/unreadable': { kind: 'unreadable' },
};

export const readSecret = (file: string): SecretFile => SECRETS[file] ?? { kind: 'missing' };

export const load = (text: string): Loaded =>
  loadSite(text, {
    file: 'site.yaml',
    decoders: DECODERS,
    readSecret,
  });

export const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** The least that is a site file. */
export const LEAST = `version: 1
site: { id: luyuan, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
`;

/** One of each thing and one key a line. */
export const ONE_OF_EACH = `version: 1
simulated: false
site:
  id: luyuan
  name: 绿苑小区
  zone: Asia/Shanghai
  latitude: 31.08
  longitude: 121.39
  dayStartsAt: "05:00"
  publicUrl: https://luyuan.example
  contact:
    phone: 021-5555 0100
    name: 物业值班室
http:
  host: 127.0.0.1
  port: 8080
  trustedProxies: ["127.0.0.1"]
store:
  dir: ./data
  rawKeep: 7d
  rawKeepMb: 32
  keep: { raw: 30d, minute: 180d, hour: 1830d, day: forever }
  maxMb: 8192
influx:
  url: http://127.0.0.1:8086
  database: courtyard
  username: courtyard
  passwordFile: ./secrets/good
  timeout: 10s
sources:
  - id: broker
    kind: mqtt-broker
    host: 127.0.0.1
    port: 1883
  - id: upstream
    kind: mqtt
    url: mqtts://10.0.0.5:8884
    topics:
      - tele/#
    clientId: courtyard-luyuan
    username: courtyard
    passwordFile: ./secrets/good
    keepAlive: 30s
  - id: web
    kind: http
  - id: scale
    kind: serial
    path: /dev/ttyUSB1
    decoder: courtyard-line
    poll:
      send: "SI\\r\\n"
      every: 1s
  - id: line
    kind: serial
    path: /dev/ttyUSB0
    baudRate: 9600
    decoder: courtyard-line
stations:
  - id: k1
    name: 1号投放点
    windows:
      - days: mon-fri
        from: "07:00"
        to: "09:00"
    bins:
      - id: k1-wet
        name: 湿垃圾桶
        stream: wet
        position: 1
        volumeL: 240
        emptyMm: 1000
        fullMm: 200
        blindMm: 30
        toleranceMm: 100
        tareKg: 14.2
    scales:
      - id: k1-scale
        tareKg: 20
circuits:
  - id: c1
    name: 东路灯回路
    lit:
      - days: mon-sun
        from: "18:00"
        to: "06:00"
    lamps:
      - id: lamp-01
        nominalW: 30
        lit: sun
        sunsetOffsetMin: 10
        sunriseOffsetMin: -10
meters:
  - id: water-main
devices:
  - id: k1
    source: line
    every: 5s
    options:
      depth: 3
    assets:
      wet: k1-wet
      scale: k1-scale
  - id: lamp-01
    source: broker
    decoder: courtyard-json
    asset: lamp-01
    topic: tele/lamp-01
    secretFile: ./secrets/good
  - id: meter-1
    source: broker
    decoder: courtyard-json
    asset: water-main
rules:
  - id: full
    on: bin
    quantity: fill
    above: 0.9
    clearBelow: 0.7
    holdFor: 10m
    severity: medium
    ticket:
      category: bin-full
      team: cleaners
    only:
      - k1-wet
  - id: low
    on: bin
    quantity: battery
    below: 3.3
    clearAbove: 3.4
    severity: low
  - id: silent
    on: device
    silentFor: 10m
    severity: low
  - id: dark
    on: lamp
    should: on
    litFrom: 0.2
    severity: low
  - id: down
    on: circuit
    mostOf: dark
    share: 0.5
    severity: high
  - id: lost
    on: source
    lostFor: 30s
    severity: high
  - id: stuck
    on: bin
    quantity: distance
    unchangedFor: 24h
    severity: low
`;
