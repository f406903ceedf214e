import { describe, expect, it } from 'vitest';
import { createMetrics, HISTOGRAMS, METERS } from '../../gateway/ops/metrics.ts';
import { measured } from './measured.ts';

/** The lines of one name, as `{labels} value`. */
async function linesOf(name: string, change = {}): Promise<string[]> {
  const text = await createMetrics(measured(change)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(name) && '{ '.includes(line.charAt(name.length)))
    .map((line) => line.slice(name.length).trim());
}

describe('the page of measures', () => {
  it.each([
    [
      'source_up',
      ['{source="bins-line",kind="serial"} 1', '{source="broker",kind="mqtt-broker"} 0'],
    ],
    ['source_heard_total', ['{source="bins-line"} 120', '{source="broker"} 120']],
    ['fold_behind_records', ['10']],
    ['follower_behind_records', ['{follower="influx"} 100']],
    ['follower_parked_total', ['{follower="influx"} 2']],
    ['follower_up', ['{follower="influx"} 1']],
    ['channel_up', ['{channel="ops",kind="wecom"} 1']],
    ['outbox_waiting', ['{channel="ops",kind="wecom"} 4']],
    ['notices_told_total', ['{channel="ops",kind="wecom"} 9']],
    ['log_head', ['1000']],
    ['store_commits_total', ['77']],
    ['store_last_commit_seconds', ['0.012']],
    ['commit_seconds_bucket', ['{le="0.01"} 40', '{le="0.02"} 76', '{le="+Inf"} 77']],
    ['commit_seconds_sum', ['0.924']],
    ['commit_seconds_count', ['77']],
    ['commit_entries_bucket', ['{le="1"} 3', '{le="+Inf"} 70']],
    ['store_waiting_entries', ['12']],
    ['store_waiting_bytes', ['4800']],
    ['store_restarts_total', ['1']],
    ['device_last_heard_timestamp_seconds', ['{device="k1"} 1795170600']],
    ['live_viewers', ['3']],
    [
      'signins_total',
      [
        '{result="right"} 5',
        '{result="wrong"} 3',
        '{result="turned-away"} 40',
        '{result="busy"} 0',
      ],
    ],
    ['info', ['{version="1.2.3",site="luyuan"} 1']],
  ])('says %s', async (name, lines) => {
    expect(await linesOf(`courtyard_${name}`)).toEqual(lines);
  });

  it('counts rejections by their reason, per source and per device', async () => {
    expect(await linesOf('courtyard_source_rejected_total')).toContain(
      '{source="bins-line",reason="checksum"} 3',
    );
    expect(await linesOf('courtyard_device_rejected_total')).toEqual([
      '{device="k1",reason="out-of-range"} 1',
    ]);
  });

  it('counts alarms and tickets, the kinds of which there is none too', async () => {
    const alarms = await linesOf('courtyard_alarms');
    expect(alarms).toHaveLength(21);
    expect(alarms).toContain('{severity="high",state="active-unacknowledged"} 2');
    expect(alarms).toContain('{severity="medium",state="shelved"} 0');
    expect(await linesOf('courtyard_tickets_open')).toEqual([
      '{team="cleaners"} 1',
      '{team="engineers"} 0',
      '{team="stewards"} 0',
      '{team="managers"} 0',
    ]);
  });

  it('is read anew at each scrape, and what is gone is gone', async () => {
    let viewers = 3;
    let followers = measured().followers();
    const metrics = createMetrics(measured({ viewers: () => viewers, followers: () => followers }));
    expect(await metrics.text()).toContain('courtyard_live_viewers 3');
    viewers = 0;
    followers = [];
    const text = await metrics.text();
    expect(text).toContain('courtyard_live_viewers 0');
    expect(text).toContain('courtyard_source_heard_total{source="bins-line"} 120\n');
    expect(text).not.toContain('courtyard_follower_behind_records{');
  });

  it('knows the process: its time, its memory, how late its loop runs', async () => {
    const text = await createMetrics(measured()).text();
    for (const name of ['process_cpu_seconds_total', 'nodejs_eventloop_lag_p99_seconds']) {
      expect(text).toMatch(new RegExp(`^${name} `, 'm'));
    }
    for (const name of [
      'process_resident_memory_bytes',
      'process_start_time_seconds',
      'nodejs_heap_size_used_bytes',
      'nodejs_external_memory_bytes',
    ]) {
      expect(text).toMatch(new RegExp(`^${name} [1-9]`, 'm'));
    }
  });

  it('of two gateways in one process is two pages', async () => {
    const [one, two] = [createMetrics(measured()), createMetrics(measured({ site: 'other' }))];
    expect(await one.text()).toContain('site="luyuan"');
    expect(await two.text()).not.toContain('site="luyuan"');
  });

  it('has words for everything, and base units in its names', () => {
    for (const { name, help } of [...METERS, ...HISTOGRAMS]) {
      expect(help).toMatch(/^[A-Z].*\.$/);
      expect(name).toMatch(/^[a-z_]+$/);
      expect(name).not.toMatch(/_(?:ms|milliseconds|kb|mb|minutes|hours|percent)(?:_|$)/);
    }
  });
});
