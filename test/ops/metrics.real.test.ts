import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../gateway/ops/metrics.ts';
import { has } from '../tools.ts';
import { measured } from './measured.ts';

describe.skipIf(!has('promtool'))('promtool', () => {
  it('finds nothing to complain of', async () => {
    const metrics = createMetrics(measured());
    await metrics.text();
    const input = await metrics.text();
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input,
      encoding: 'utf8',
    });
    expect([stdout, stderr, status]).toEqual(['', '', 0]);
  });
});
