// `courtyard replay FILE --map MAP -c SITE`: what would the rules have said?
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Fault } from '../domain/fault.ts';
import { replayRecording, type Replayed } from '../replay.ts';
import {
  formatMapMistake,
  parseRecordingMap,
  type RecordingMap,
} from '../sources/recording-map.ts';
import { EXIT, type Shell } from './shell.ts';
import { loadOrComplain } from './site-file.ts';

export interface ReplayOptions {
  readonly file: string;
  readonly map: string;
  readonly config: string;
  readonly speed: string;
  readonly json?: boolean;
}

export async function replay(shell: Shell, options: ReplayOptions): Promise<void> {
  const speed = speedOf(options.speed);
  const map = mapOrComplain(shell, options.map);
  const site = loadOrComplain(shell, options.config);
  if (speed === undefined)
    shell.complain(`courtyard replay: --speed takes max or a number above 0, not ${options.speed}`);
  if (!map || !site || speed === undefined) {
    shell.leave(EXIT.usage);
    return;
  }
  const dir = mkdtempSync(path.join(tmpdir(), 'courtyard-replay-'));
  try {
    const replayed = await replayRecording({ site, file: options.file, map, dir, speed });
    for (const line of options.json ? [JSON.stringify(replayed)] : inWords(replayed))
      shell.say(line);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function speedOf(text: string): 'max' | number | undefined {
  if (text === 'max') return 'max';
  return Number(text) > 0 && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

function mapOrComplain(shell: Shell, file: string): RecordingMap | undefined {
  const parsed = parseRecordingMap(textOf(file));
  if (parsed.kind === 'map') return parsed.map;
  for (const mistake of parsed.mistakes) shell.complain(formatMapMistake(file, mistake));
  return undefined;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault(
      'config-unreadable',
      `reading ${file}: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
}

function inWords({ readings, rejected, skipped, alarms, tickets, ...weighed }: Replayed): string[] {
  const refused = Object.entries(rejected).map(([reason, count]) => `${count} ${reason}`);
  return [
    `${readings} readings, ${refused.length === 0 ? 'none rejected' : `rejected: ${refused.join(', ')}`}, ${skipped} rows skipped`,
    `${alarms.length} alarms, ${tickets.length} tickets, ${weighed.deposits.length} deposits, ${weighed.collections.length} collections`,
    ...alarms.map(
      (alarm) =>
        `  ${alarm.raisedAt}  ${alarm.asset}  ${alarm.rule}  ${alarm.clearedAt === undefined ? 'still active' : `cleared ${alarm.clearedAt}`}`,
    ),
    ...weighed.collections.map(
      ({ at, asset, ...found }) => `  ${at}  ${asset}  collected${collected(found)}`,
    ),
  ];
}

function collected(found: {
  readonly kg?: number;
  readonly fillBefore?: number;
  readonly fillAfter?: number;
}): string {
  const percent = (fill: number): string => `${Math.round(fill * 100)} %`;
  const { kg, fillBefore, fillAfter } = found;
  const fell =
    fillBefore === undefined || fillAfter === undefined
      ? ''
      : `, from ${percent(fillBefore)} to ${percent(fillAfter)}`;
  return `${kg === undefined ? '' : ` ${kg} kg`}${fell}`;
}
