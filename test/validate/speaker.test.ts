import { describe, expect, it } from 'vitest';
import { createSpeakers } from '../../gateway/validate/speaker.ts';
import { createTraces } from '../../gateway/validate/trace.ts';
import { NOON, noonPlus, YARD } from './yard.ts';

const speakers = () => createSpeakers(YARD, createTraces());
const named = (known: ReturnType<typeof speakers>, id: string) => {
  const speaker = known.named(id);
  if (!speaker) throw new Error(`${id} is not in the yard`);
  return speaker;
};

describe('what a device says', () => {
  it('is found again at its place in the frame and at any other', () => {
    const known = speakers();
    const lamp = named(known, 'lamp-07');
    const power = known.seriesOf(lamp, { quantity: 'power' }, 0);
    const voltage = known.seriesOf(lamp, { quantity: 'voltage' }, 1);
    expect(power).toMatchObject({ id: 'lamp-07', quantity: 'power' });
    expect(known.seriesOf(lamp, { quantity: 'power' }, 1)).toBe(power);
    expect(known.seriesOf(lamp, { quantity: 'voltage' }, 0)).toBe(voltage);
    expect(known.seriesOf(lamp, { quantity: 'power' }, 63)).toBe(power);
    expect(power?.place).not.toBe(voltage?.place);
  });

  it('on a channel is not what it says as a whole', () => {
    const known = speakers();
    const kiosk = named(known, 'k1');
    expect(known.seriesOf(kiosk, { channel: 'wet', quantity: 'distance' }, 0)?.id).toBe('k1-wet');
    expect(known.seriesOf(kiosk, { quantity: 'distance' }, 0)).toBeUndefined();
    expect(known.seriesOf(kiosk, { channel: 'dry', quantity: 'distance' }, 0)).toBeUndefined();
  });

  it('of an asset that the site does not have is nothing', () => {
    const known = speakers();
    expect(known.named('stranger')).toBeUndefined();
    expect(known.seriesOf(named(known, 'lost'), { quantity: 'on' }, 0)).toBeUndefined();
  });
});

describe('the newest of each quantity', () => {
  const dated = { observedAt: NOON, by: 'device' } as const;

  it('is kept for as many as the site has', () => {
    const traces = createTraces();
    const assets = Array.from({ length: 500 }, (_, n) => `lamp-${n}`);
    for (const [n, asset] of assets.entries())
      traces.believe(traces.placeOf(asset, 'power'), n, dated);
    expect(assets.map((each) => traces.of(traces.placeOf(each, 'power'))?.believed.value)).toEqual(
      assets.map((_, n) => n),
    );
    expect(traces.of(traces.placeOf('lamp-7', 'voltage'))).toBeUndefined();
  });

  it('is believed in place of what was suspected', () => {
    const traces = createTraces();
    const place = traces.placeOf('water-main', 'volume');
    traces.suspect(place, 9, dated);
    expect(traces.of(place)).toBeUndefined();
    traces.believe(place, 1, dated);
    traces.suspect(place, 9, dated);
    expect(traces.of(place)).toEqual({
      believed: { value: 1, ...dated },
      suspect: { value: 9, ...dated },
    });
    traces.believe(place, 2, dated);
    expect(traces.of(place)).toEqual({ believed: { value: 2, ...dated } });
  });

  it('goes with our clock where our clock dated it', () => {
    const traces = createTraces();
    const [ours, theirs] = [traces.placeOf('a', 'on'), traces.placeOf('b', 'on')];
    for (const [place, by] of [
      [ours, 'receipt'],
      [theirs, 'device'],
    ] as const) {
      traces.believe(place, 1, { observedAt: NOON, by });
      traces.suspect(place, 0, { observedAt: NOON, by });
    }
    traces.move(60_000);
    expect(traces.believedAt(ours)).toBe(noonPlus(60));
    expect(traces.of(ours)?.suspect?.observedAt).toBe(noonPlus(60));
    expect(traces.believedAt(theirs)).toBe(NOON);
    expect(traces.of(theirs)?.suspect?.observedAt).toBe(NOON);
  });
});
