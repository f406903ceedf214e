// A changed rule over a million readings of a hundred lamps, as the API runs it: in the gateway's own
// process, so that what counts beside the seconds is for how long nobody else had a turn.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { stepSiteOf } from '../../../gateway/assembly/flow.ts';
import { createRehearsalDesk } from '../../../gateway/assembly/rehearsal.ts';
import type { ReadingEntry } from '../../../gateway/domain/record.ts';
import { days, instant } from '../../../gateway/domain/time.ts';
import { loadSite } from '../../../gateway/site/load.ts';
import { openStore } from '../../../gateway/store/sqlite-store.ts';
import { courtyard } from '../candidates/courtyard.ts';
import { fill } from '../fill.ts';
import { LEAK_LIMIT, lampId } from '../lamp-messages.ts';
import { benchSite } from '../site.ts';
import type { Part } from './part.ts';

const LAMPS = 100;
const READINGS = 1_000_000;
/** One message of each lamp a minute. */
const TURN_MS = 60_000;
/** Every lamp leaks for some turns in so many, one after the other: alarms come and go, and no flood. */
const [LEAKS_EVERY, LEAKS_FOR] = [500, 5];

export const rehearsal: Part = {
  name: 'rehearse',
  title: 'a changed rule over a million readings',
  isQuick: false,
  async measure({ book, plan, tell }) {
    const dir = mkdtempSync(path.join(tmpdir(), 'courtyard-bench-'));
    const store = await openStore({ dir, rawKeep: days(7), rawKeepBytes: 1_000_000 });
    await store.log.append([{ kind: 'gateway', event: 'started', receivedAt: FROM }]);
    await fill(store, READINGS, entryAt);
    const site = siteIn(dir);
    const desk = createRehearsalDesk({
      site,
      folded: stepSiteOf(site),
      log: store.log,
      books: store.books,
      clock: { now: () => momentOf(READINGS) },
    });
    for (let run = 0; run < plan.runs; run += 1) {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const began = performance.now();
      const answer = await desk({ rule: PATIENT, signal: new AbortController().signal });
      const seconds = (performance.now() - began) / 1000;
      delay.disable();
      if (!answer.ok) throw new Error(answer.detail);
      const { truncated, rules, records } = answer.value;
      if (truncated) throw new Error(`ended by ${truncated} after ${records} records`);
      book.add('rehearsal', courtyard.name, seconds);
      book.add('rehearsalHold', courtyard.name, delay.max / 1e6);
      book.keep('rehearse', courtyard.name, { rules, holdMs: delay.percentile(99) / 1e6 });
      const [leak] = rules;
      tell(`${seconds.toFixed(1)} s, ${leak?.before.alarms} alarms → ${leak?.after.alarms}`);
    }
    await store.close();
    rmSync(dir, { recursive: true });
  },
};

const FROM = instant(Date.parse('2026-11-01T00:00:00+08:00'));

const PATIENT = {
  id: 'leak',
  on: 'lamp',
  quantity: 'leak',
  above: LEAK_LIMIT,
  holdFor: '3m',
  severity: 'high',
};

function siteIn(dir: string) {
  const text = benchSite({ lamps: LAMPS, dir, httpPort: 1, mqttPort: 2 });
  const readSecret = () => ({ kind: 'missing' }) as const;
  const { site, mistakes } = loadSite(text, {
    file: 'bench.yaml',
    decoders: ['courtyard-json'],
    readSecret,
  });
  if (!site) throw new Error(mistakes.map(({ what }) => what).join());
  return site;
}

const momentOf = (index: number): ReadingEntry['receivedAt'] =>
  instant(FROM + Math.floor(index / LAMPS) * TURN_MS + (index % LAMPS));

function entryAt(index: number): ReadingEntry {
  const at = momentOf(index);
  const device = lampId(index % LAMPS);
  const turn = Math.floor(index / LAMPS);
  const isLeaking = (turn + (index % LAMPS) * LEAKS_FOR) % LEAKS_EVERY < LEAKS_FOR;
  return {
    kind: 'reading',
    device,
    asset: device,
    quantity: 'leak',
    value: isLeaking ? LEAK_LIMIT * 2 : 1 + (index % 7) / 10,
    observedAt: at,
    receivedAt: at,
    seq: turn % 65_536,
    digest: Math.imul(index, 2_654_435_761) >>> 0,
    part: 0,
  };
}
