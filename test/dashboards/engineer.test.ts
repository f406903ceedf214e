import { describe, expect, it } from 'vitest';
import { bodyOf, fieldsOf, isFilled, offered } from '../../dashboards/engineer/action-fields.ts';
import { linesOf, spanAround, subjectOf } from '../../dashboards/engineer/trip-series.ts';
import { passes, workOf, type Filter } from '../../dashboards/engineer/work.ts';
import type { SeriesView } from '../../gateway/api/schemas.ts';
import { smallCompound } from '../fakes/small-compound.ts';
import { compoundAt } from './compound.ts';

const NOW = Date.parse('2026-11-20T10:30:00Z');
const compound = compoundAt(NOW);
const assets = new Map(compound.assets.map((asset) => [asset.id, asset]));
const alarm = (id: string) => {
  const found = compound.alarms.find((one) => one.id === id);
  if (!found) throw new Error(`no alarm ${id}`);
  return found;
};

describe('what needs a person', () => {
  const work = workOf(compound.tickets, compound.alarms);
  const left = (filter: Filter, who: { id?: string; role: string } = { role: 'engineer' }) =>
    work.filter((one) => passes(filter, one, { ...who, now: NOW })).map((one) => one.id);

  it('is open tickets and the alarms that no ticket speaks for, the most pressing first', () => {
    expect(work.map((one) => one.id)).toEqual(['ticket-1', 'alarm-c1', 'alarm-line', 'ticket-2']);
  });

  it('is told apart by whether anyone has answered it', () => {
    expect(left('unacknowledged')).toEqual(['ticket-1', 'alarm-c1', 'alarm-line']);
    expect(left('team')).toEqual(['alarm-c1', 'alarm-line', 'ticket-2']);
    expect(left('team', { role: 'cleaner' })).toEqual(['ticket-1']);
    expect(left('mine', { id: '王师傅', role: 'engineer' })).toEqual(['ticket-2']);
  });

  it('leaves out what a bigger alarm explains, and what has ended', () => {
    const small = { ...alarm('alarm-line'), id: 'x', explainedBy: 'alarm-c1' };
    const closed = smallCompound(NOW).tickets.map((one) => ({ ...one, state: 'closed' as const }));
    expect(workOf(closed, [small])).toEqual([]);
  });
});

describe('the plot round a trip', () => {
  const span = { from: NOW, to: NOW + 600_000, stepS: 60 };
  const series = (...minutes: number[]): SeriesView => ({
    unit: 'ratio',
    stepS: 60,
    points: minutes.map((minute) => [NOW + minute * 60_000, 0.1, 0.2, 0.3, 1]),
  });

  it('breaks its line where steps are missing, and says where', () => {
    const lines = linesOf(series(0, 1, 2, 6, 7, 8, 9), 60, span);
    expect(lines.mean).toEqual([0.2, 0.2, 0.2, null, 0.2, 0.2, 0.2, 0.2]);
    expect(lines.gaps).toEqual([{ from: NOW / 1000 + 120, to: NOW / 1000 + 360 }]);
  });

  it('does not break for a single late step', () => {
    expect(linesOf(series(0, 2, 4, 6, 8, 10), 60, span).gaps).toEqual([]);
  });

  it('shows the silence at its end, and a span without any data as one gap', () => {
    expect(linesOf(series(0, 1, 2), 60, span).gaps).toHaveLength(1);
    expect(linesOf(series(), 60, span).gaps).toEqual([{ from: NOW / 1000, to: NOW / 1000 + 600 }]);
  });

  it('keeps its moments in order', () => {
    const { at } = linesOf(series(0, 5, 9), 60, span);
    expect([...at].sort((a, b) => a - b)).toEqual(at);
  });

  it('begins two hours before the trip and never reaches more than a day after it', () => {
    const raisedAt = Date.parse(alarm('alarm-1').raisedAt);
    const week = 7 * 86_400_000;
    expect(spanAround(alarm('alarm-1'), 60, NOW)).toMatchObject({
      from: raisedAt - 7_200_000,
      to: NOW,
    });
    expect(spanAround(alarm('alarm-1'), 60, NOW + week).to).toBe(raisedAt + 86_400_000);
  });

  it('is of the alarm’s own asset, or of the lamp that went first with its circuit', () => {
    expect(subjectOf(alarm('alarm-1'), assets)).toMatchObject({ quantity: 'fill', limits: [0.9] });
    const circuit = subjectOf(alarm('alarm-c1'), assets);
    expect(circuit?.asset.id).toBe('lamp-03');
    expect(circuit?.quantity).toBe('power');
    expect(circuit?.limits).toEqual([]);
    expect(subjectOf(alarm('alarm-line'), assets)).toBeUndefined();
  });
});

describe('an action', () => {
  const fields = (action: string) => fieldsOf(action) ?? [];

  it('is offered only where this screen knows it, the likeliest first', () => {
    expect(offered(['comment', 'explode', 'take', 'toString', 'decline'])).toEqual([
      'take',
      'comment',
      'decline',
    ]);
  });

  it('leaves out of its body what was left blank', () => {
    expect(bodyOf(fields('answer'), { team: 'engineers', note: '  ' }, NOW)).toEqual({
      team: 'engineers',
    });
  });

  it('turns a span into a moment by the gateway’s clock, and stars into a number', () => {
    expect(bodyOf(fields('shelve'), { until: '4', reason: '等配件' }, NOW)).toEqual({
      until: '2026-11-20T14:30:00.000Z',
      reason: '等配件',
    });
    expect(bodyOf(fields('rate'), { stars: '5' }, NOW)).toEqual({ stars: 5 });
  });

  it('is not sent before everything that it needs is there', () => {
    expect(isFilled(fields('rectify'), { note: ' ' })).toBe(false);
    expect(isFilled(fields('rectify'), { note: '换了灯泡' })).toBe(true);
    expect(isFilled(fields('take'), {})).toBe(true);
  });
});
