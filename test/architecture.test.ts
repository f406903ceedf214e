// The rules of the house, kept by reading the import lines as text.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './tools.ts';

const FLOORS: Record<string, number> = {
  domain: 0,
  decode: 1,
  validate: 1,
  project: 1,
  rules: 1,
  tickets: 1,
  review: 1,
  sources: 2,
  store: 2,
  sinks: 2,
  notify: 2,
  api: 2,
  ops: 2,
  accounts: 3,
  flow: 3,
  site: 3,
  cli: 6,
  assembly: 4,
  'app.ts': 5,
  'replay.ts': 5,
  'main.ts': 7,
};
/** What the joints may know of an edge: its contract. */
const CONTRACTS = [
  'sources/source.ts',
  'store/log.ts',
  'sinks/sink.ts',
  'notify/notifier.ts',
  'api/desk.ts',
  'api/schemas.ts',
];
/** Packages that only compute, allowed on the two lowest floors. */
const PURE_PACKAGES = ['typebox', 'suncalc', 'temporal-polyfill', 'chinese-days'];
const IMPURE =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bset(?:Timeout|Interval|Immediate)\(|\bprocess\.|\bconsole\.|\bperformance\./;

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function filesUnder(folder: string): SourceFile[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => {
      const file = path.relative(ROOT, path.join(entry.parentPath, entry.name));
      const text = readFileSync(path.join(ROOT, file), 'utf8');
      return { path: file, text, imports: importsOf(text) };
    });
}

function importsOf(text: string): string[] {
  const statements = text.matchAll(
    /^(?:import|export)\s[^;'"]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm,
  );
  return [...statements].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

const roomOf = (file: string): string => file.split('/')[1] ?? '';
const target = (file: SourceFile, spec: string): string =>
  path.normalize(path.join(path.dirname(file.path), spec));
const inside = (file: SourceFile): string[] =>
  file.imports.filter((spec) => spec.startsWith('.')).map((spec) => target(file, spec));
const outside = (file: SourceFile): string[] =>
  file.imports.filter((spec) => !spec.startsWith('.'));

const gateway = filesUnder('gateway');

describe('the floors of the house', () => {
  it('every room of the gateway has a floor', () => {
    expect(
      gateway.filter((file) => FLOORS[roomOf(file.path)] === undefined).map((file) => file.path),
    ).toEqual([]);
  });

  it('imports point down, never up and never sideways between rooms', () => {
    expect(
      gateway.flatMap((file) =>
        inside(file)
          .filter((to) => !mayImport(file.path, to))
          .map((to) => `${file.path} → ${to}`),
      ),
    ).toEqual([]);
  });

  it('the two lowest floors import only pure packages', () => {
    expect(
      lowFloors().flatMap((file) =>
        outside(file)
          .filter(
            (spec) => !PURE_PACKAGES.some((name) => spec === name || spec.startsWith(`${name}/`)),
          )
          .map((spec) => `${file.path} → ${spec}`),
      ),
    ).toEqual([]);
  });

  it('the two lowest floors know no clock, no chance, no process', () => {
    expect(
      lowFloors()
        .filter((file) => IMPURE.test(file.text))
        .map((file) => file.path),
    ).toEqual([]);
  });

  it('only the process edge says process', () => {
    const allowed = /^gateway\/main\.ts$/;
    expect(
      gateway
        .filter((file) => /(?<!['\w.-])process\.\w/.test(file.text) && !allowed.test(file.path))
        .map((file) => file.path),
    ).toEqual([]);
  });

  it('the simulator is another company: it imports nothing of the gateway', () => {
    expect(
      filesUnder('firmware-sim').flatMap((file) =>
        inside(file)
          .filter((to) => !to.startsWith('firmware-sim/'))
          .map((to) => `${file.path} → ${to}`),
      ),
    ).toEqual([]);
  });

  it('the screens know the API’s schemas and nothing else of the gateway', () => {
    expect(
      filesUnder('dashboards').flatMap((file) =>
        inside(file)
          .filter((to) => !to.startsWith('dashboards/') && to !== 'gateway/api/schemas.ts')
          .map((to) => `${file.path} → ${to}`),
      ),
    ).toEqual([]);
  });
});

describe('names and sizes', () => {
  const all = [...gateway, ...filesUnder('firmware-sim'), ...filesUnder('dashboards')];

  it('no file is longer than 350 lines', () => {
    expect(
      [...all, ...filesUnder('test')]
        .filter((file) => file.text.split('\n').length > 351)
        .map((file) => file.path),
    ).toEqual([]);
  });

  it('files are named after a noun of the business, in kebab case', () => {
    const homeless =
      /(?:^|[-/])(?:manager|helpers?|utils?|common|misc|handler|service|processor|types)(?:[-.]|$)/;
    expect(
      all
        .map((file) => file.path)
        .filter((file) => !file.startsWith('dashboards/manager'))
        .filter(
          (file) =>
            homeless.test(path.basename(file)) || !/^[a-z0-9.-]+$/.test(path.basename(file)),
        ),
    ).toEqual([]);
  });

  it('files over 40 lines open by saying what they know', () => {
    expect(
      all
        .filter(
          (file) =>
            file.text.split('\n').length > 40 &&
            !file.text.startsWith('//') &&
            !file.text.startsWith('/*'),
        )
        .map((file) => file.path),
    ).toEqual([]);
  });
});

function lowFloors(): SourceFile[] {
  return gateway.filter((file) => (FLOORS[roomOf(file.path)] ?? 9) <= 1);
}

function mayImport(from: string, to: string): boolean {
  const [fromRoom, toRoom] = [roomOf(from), roomOf(to)];
  if (!to.startsWith('gateway/')) return to === 'package.json';
  if (fromRoom === toRoom) return true;
  const [fromFloor, toFloor] = [FLOORS[fromRoom] ?? 0, FLOORS[toRoom] ?? 9];
  if (toFloor >= fromFloor) return false;
  if (fromFloor === 3 && toFloor === 2) return CONTRACTS.includes(to.replace('gateway/', ''));
  return true;
}
