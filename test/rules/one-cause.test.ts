// One cause, one alarm, one ticket: a breaker, a cable, a lamp, and what hides behind each.
import { describe, expect, it } from 'vitest';
import { instant, later, minutes, seconds, type Instant } from '../../gateway/domain/time.ts';
import { foldedSite, line, watchedBy, type FoldedSite } from '../fakes/folded-site.ts';
import {
  CIRCUIT_DOWN,
  clock,
  COMPOUND,
  device,
  LAMP_OUT,
  LAMPS,
  LINE_LOST,
  SILENT,
  SMALL_SITE,
} from '../fakes/small-site.ts';

const power = (asset: string, value: number, at: Instant) =>
  ({ asset, quantity: 'power', value, at }) as const;
const dark = (site: FoldedSite, asset: string, at: Instant): void =>
  void site.hear(power(asset, 0.2, at));
const lit = (site: FoldedSite, asset: string, at: Instant): void =>
  void site.hear(power(asset, 28, at));

/** Each lamp speaks once a minute; those that are named are dark from their own moment on. */
function evening(
  site: FoldedSite,
  from: string,
  until: string,
  goes: Readonly<Record<string, string>>,
  back = '23:59',
): void {
  for (let at = clock(from); at <= clock(until); at = instant(at + minutes(1))) {
    for (const [index, lamp] of LAMPS.entries()) {
      const moment = later(at, seconds(index));
      const since = goes[lamp];
      const isDark = since !== undefined && moment >= clock(since) && moment < clock(back);
      site.hear(power(lamp, isDark ? 0.2 : 28, moment));
    }
  }
}

describe('one lamp', () => {
  it('that dies alone is one lamp’s alarm and one lamp’s ticket', () => {
    const site = watchedBy(LAMP_OUT, CIRCUIT_DOWN);
    evening(site, '20:00', '21:00', { 'lamp-2': '20:10' });
    expect(site.speaking()).toEqual(['lamp-out:lamp-2']);
    expect(site.alarms()).toMatchObject([{ raisedAt: clock('20:20:01') }]);
    expect(site.work()).toEqual(['lamp lamp-2 raised']);
  });

  it('beside another, half of the circuit, is still a lamp each', () => {
    const site = watchedBy(LAMP_OUT, CIRCUIT_DOWN);
    evening(site, '20:00', '21:00', { 'lamp-2': '20:10', 'lamp-3': '20:11' });
    expect(site.speaking()).toEqual(['lamp-out:lamp-2', 'lamp-out:lamp-3']);
  });
});

describe('a circuit that goes dark within a minute', () => {
  const night = (): FoldedSite => {
    const site = watchedBy(LAMP_OUT, CIRCUIT_DOWN);
    dark(site, 'lamp-3', clock('20:00:05'));
    dark(site, 'lamp-1', clock('20:00:20'));
    dark(site, 'lamp-4', clock('20:00:30'));
    dark(site, 'lamp-2', clock('20:00:45'));
    return site;
  };

  it('is one alarm, a minute after the lamp that made it most of them', () => {
    const site = night();
    site.wait(clock('20:01:29.999'));
    expect(site.alarms()).toEqual([]);
    site.wait(clock('20:01:30'));
    expect(site.alarms()).toMatchObject([
      { rule: 'circuit-down', asset: 'c1', raisedAt: clock('20:01:30') },
    ]);
  });

  it('names its lamps in the order in which they went', () => {
    const site = night();
    site.wait(clock('20:02'));
    expect(site.alarms()[0]?.inside).toEqual(['lamp-3', 'lamp-1', 'lamp-4', 'lamp-2']);
  });

  it('keeps its lamps quiet for as long as it is dark, with one ticket in all', () => {
    const site = night();
    site.wait(clock('23:59'));
    expect(site.speaking()).toEqual(['circuit-down:c1']);
    expect(LAMPS.map((lamp) => site.phase(`lamp-out:${lamp}`))).toEqual(
      LAMPS.map(() => 'inhibited'),
    );
    expect(site.work()).toEqual(['electricity c1 raised']);
  });

  it('names a lamp that goes later too', () => {
    const site = watchedBy(LAMP_OUT, CIRCUIT_DOWN);
    for (const lamp of ['lamp-1', 'lamp-2', 'lamp-3']) dark(site, lamp, clock('20:00'));
    lit(site, 'lamp-4', clock('20:00'));
    site.wait(clock('20:05'));
    dark(site, 'lamp-4', clock('20:06'));
    site.wait(clock('22:00'));
    expect(site.alarms()).toMatchObject([{ rule: 'circuit-down', inside: [...LAMPS] }]);
  });

  it('back before its hold is over was a dip: no alarm, and each lamp has its full time again', () => {
    const site = night();
    for (const lamp of ['lamp-1', 'lamp-2', 'lamp-3']) lit(site, lamp, clock('20:01:10'));
    site.wait(clock('20:10:29.999'));
    expect(site.alarms()).toEqual([]);
    site.wait(clock('20:10:30'));
    expect(site.alarms()).toMatchObject([{ rule: 'lamp-out', asset: 'lamp-4' }]);
  });

  it('where lamps are held shorter than the circuit stays one alarm', () => {
    const site = watchedBy(
      { ...LAMP_OUT, holdFor: minutes(1) },
      { ...CIRCUIT_DOWN, holdFor: minutes(5) },
    );
    for (const lamp of LAMPS) dark(site, lamp, clock('20:00'));
    for (const time of ['20:00:59.999', '20:01', '20:01:00.001', '20:04:59.999']) {
      site.wait(clock(time));
      expect([time, site.alarms()]).toEqual([time, []]);
    }
    site.wait(clock('20:05'));
    expect(site.speaking()).toEqual(['circuit-down:c1']);
  });
});

describe('a circuit that is back', () => {
  const night = (): FoldedSite => {
    const site = watchedBy(LAMP_OUT, CIRCUIT_DOWN);
    for (const lamp of LAMPS) dark(site, lamp, clock('20:00'));
    site.wait(clock('21:00'));
    return site;
  };

  it('ends with the lamp that leaves no more than half dark, and its ticket is rectified by that', () => {
    const site = night();
    lit(site, 'lamp-1', clock('21:01'));
    expect(site.speaking()).toEqual(['circuit-down:c1']);
    lit(site, 'lamp-2', clock('21:02'));
    expect(site.alarms()).toMatchObject([{ clearedAt: clock('21:02') }]);
    expect(site.work()).toEqual(['electricity c1 rectified']);
  });

  it('gives its other lamps their full time before they are called out', () => {
    const site = night();
    for (const lamp of ['lamp-1', 'lamp-2', 'lamp-3']) lit(site, lamp, clock('21:01'));
    site.wait(clock('21:10:59.999'));
    expect(site.speaking()).toEqual([]);
    site.wait(clock('21:11'));
    expect(site.speaking()).toEqual(['lamp-out:lamp-4']);
    expect(site.work()).toEqual(['electricity c1 rectified', 'lamp lamp-4 raised']);
  });
});

describe('a slow cascade', () => {
  const cascade = (site = watchedBy(LAMP_OUT, CIRCUIT_DOWN)): FoldedSite => {
    dark(site, 'lamp-1', clock('20:00'));
    for (const lamp of ['lamp-2', 'lamp-3', 'lamp-4']) lit(site, lamp, clock('20:00'));
    site.wait(clock('20:12'));
    for (const lamp of ['lamp-2', 'lamp-3', 'lamp-4']) dark(site, lamp, clock('20:13'));
    site.wait(clock('20:30'));
    return site;
  };

  it('absorbs the first lamp’s alarm and merges its ticket', () => {
    const site = cascade();
    expect(site.speaking()).toEqual(['circuit-down:c1']);
    expect(site.alarmOf('lamp-out', 'lamp-1')).toMatchObject({
      raisedAt: clock('20:10'),
      explainedBy: 'A2',
    });
    expect(site.work()).toEqual(['lamp lamp-1 merged', 'electricity c1 raised']);
    expect(site.alarmOf('circuit-down', 'c1')?.inside[0]).toBe('lamp-1');
  });

  it('leaves alone a lamp that had been out for over half an hour before', () => {
    const site = watchedBy(LAMP_OUT, CIRCUIT_DOWN);
    dark(site, 'lamp-1', clock('19:00'));
    site.wait(clock('19:30'));
    cascade(site);
    expect(site.speaking()).toEqual(['lamp-out:lamp-1', 'circuit-down:c1']);
  });

  it('whose circuit is back, all but the first lamp, calls that lamp out again after its full time', () => {
    const site = cascade();
    for (const lamp of ['lamp-2', 'lamp-3', 'lamp-4']) lit(site, lamp, clock('21:00'));
    expect(site.speaking()).toEqual([]);
    site.wait(clock('21:09:59.999'));
    expect(site.speaking()).toEqual([]);
    site.wait(clock('21:10'));
    expect(site.speaking()).toEqual(['lamp-out:lamp-1']);
    expect(site.work()).toEqual([
      'lamp lamp-1 merged',
      'electricity c1 rectified',
      'lamp lamp-1 raised',
    ]);
  });

  it('whose circuit is back as a whole leaves nothing behind', () => {
    const site = cascade();
    for (const lamp of LAMPS) lit(site, lamp, clock('21:00'));
    site.wait(clock('23:00'));
    expect(site.speaking()).toEqual([]);
    expect(site.alarmOf('lamp-out', 'lamp-1')).toMatchObject({ state: 'normal' });
  });

  it('in which the lamp’s alarm and the circuit’s rise in one instant opens no ticket for that lamp', () => {
    const site = watchedBy(
      { ...LAMP_OUT, holdFor: minutes(0) },
      { ...CIRCUIT_DOWN, holdFor: minutes(0) },
    );
    for (const lamp of ['lamp-1', 'lamp-2', 'lamp-3']) dark(site, lamp, clock('20:00'));
    expect(site.speaking()).toEqual(['circuit-down:c1']);
    expect(site.work()).toEqual([
      'lamp lamp-1 merged',
      'lamp lamp-2 merged',
      'electricity c1 raised',
    ]);
  });
});

describe('lamps that say nothing', () => {
  it('because their circuit has no power are the circuit’s', () => {
    const site = watchedBy({ ...SILENT, holdFor: minutes(2) }, LAMP_OUT, CIRCUIT_DOWN);
    for (const lamp of LAMPS) lit(site, lamp, clock('20:00'));
    site.hear({ asset: 'water-main', quantity: 'volume', value: 1, at: clock('20:00') });
    site.hear({ asset: 'water-main', quantity: 'volume', value: 1, at: clock('20:09') });
    site.wait(clock('20:18'));
    expect(site.speaking()).toEqual(['circuit-down:c1']);
    expect(site.alarms()[0]).toMatchObject({ raisedAt: clock('20:11'), inside: [...LAMPS] });
  });

  it('have their full time again when their circuit is back', () => {
    const site = watchedBy({ ...SILENT, holdFor: minutes(2) }, LAMP_OUT, CIRCUIT_DOWN);
    for (const lamp of LAMPS) lit(site, lamp, clock('20:00'));
    site.wait(clock('21:00'));
    for (const lamp of ['lamp-1', 'lamp-2', 'lamp-3']) lit(site, lamp, clock('21:00'));
    site.wait(clock('21:09'));
    for (const lamp of ['lamp-1', 'lamp-2', 'lamp-3']) lit(site, lamp, clock('21:09'));
    site.wait(clock('21:11:59.999'));
    expect(site.speaking()).toEqual([]);
    site.wait(clock('21:12'));
    expect(site.speaking()).toEqual(['silent:lamp-4']);
  });

  it('because their line is lost do not bring their circuit down', () => {
    const site = watchedBy({ ...SILENT, holdFor: minutes(2) }, LAMP_OUT, CIRCUIT_DOWN, LINE_LOST);
    for (const lamp of LAMPS) lit(site, lamp, clock('20:00'));
    site.fold(line('lights-line', 'down', clock('20:00:30')));
    for (const time of ['20:10', '20:11', '20:11:00.001', '20:12', '20:12:00.001', '23:00']) {
      site.wait(clock(time));
      expect([time, site.speaking()]).toEqual([time, ['line-lost:lights-line']]);
    }
    expect(site.work()).toEqual(['gateway lights-line raised']);
  });

  it('because the cabinet that speaks for two circuits is silent are no circuit’s', () => {
    const assets = new Map([
      ...COMPOUND.assets,
      ['c1', { kind: 'circuit', id: 'c1', name: '东', lamps: ['lamp-1', 'lamp-2'] }] as const,
      ['c2', { kind: 'circuit', id: 'c2', name: '西', lamps: ['lamp-3', 'lamp-4'] }] as const,
    ]);
    const cabinet = device(
      'cabinet',
      'lights-line',
      Object.fromEntries(LAMPS.map((id) => [id, id])),
    );
    const compound = { ...COMPOUND, assets, devices: new Map([['cabinet', cabinet]]) };
    const site = foldedSite({ ...SMALL_SITE, compound, rules: [SILENT, LAMP_OUT, CIRCUIT_DOWN] });
    site.start(clock('20:00'));
    site.wait(clock('20:15'));
    site.start(clock('20:16'));
    site.wait(clock('23:00'));
    expect(site.speaking()).toEqual(['silent:cabinet']);
  });
});

describe('a line that is back', () => {
  it('accuses nobody of the time in which it was away', () => {
    const site = watchedBy(SILENT, LINE_LOST);
    site.start(clock('20:00'));
    for (const lamp of LAMPS) lit(site, lamp, clock('20:00'));
    site.fold(line('lights-line', 'down', clock('20:01')));
    site.wait(clock('21:00'));
    site.fold(line('lights-line', 'up', clock('21:00:00.001')));
    site.wait(clock('21:10'));
    const lamps = (): string[] => site.speaking().filter((key) => key.startsWith('silent:lamp'));
    expect(lamps()).toEqual([]);
    lit(site, 'lamp-1', clock('21:10:00.000'));
    site.wait(clock('21:10:00.001'));
    expect(lamps()).toEqual(['silent:lamp-2', 'silent:lamp-3', 'silent:lamp-4']);
  });

  it('after a dip too short for an alarm, or where no rule watches it, excuses its devices too', () => {
    const site = watchedBy(SILENT);
    lit(site, 'lamp-1', clock('20:00'));
    site.fold(
      line('lights-line', 'down', clock('20:05')),
      line('lights-line', 'up', clock('20:09')),
    );
    site.wait(clock('20:18:59.999'));
    expect(site.speaking()).toEqual([]);
    site.wait(clock('20:19'));
    expect(site.speaking()).toEqual(['silent:lamp-1']);
  });

  it('does not call a sensor mended that was dead before and still is', () => {
    const site = watchedBy(SILENT, LINE_LOST);
    lit(site, 'lamp-1', clock('08:00'));
    site.wait(clock('09:00'));
    site.fold(line('lights-line', 'down', clock('20:00')));
    site.fold(line('lights-line', 'up', clock('20:00:10')));
    site.wait(clock('20:05'));
    expect(site.speaking()).toEqual(['silent:lamp-1']);
    expect(site.work()).toEqual(['sensor lamp-1 raised']);
  });
});
