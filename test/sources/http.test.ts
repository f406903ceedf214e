import { describe, expect, it } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import { createHttpSource } from '../../gateway/sources/http.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { handIntake } from '../fakes/hand-intake.ts';
import { keptLog } from '../fakes/kept-log.ts';

async function world() {
  const intake = handIntake('by hand');
  const clock = handClock('2026-11-20T08:00:00Z');
  const source = createHttpSource({ id: 'web' }, { intake, clock, log: keptLog() });
  await source.start();
  return { intake, clock, source };
}

const BODY = Buffer.from('{"seq":1}');

describe('readings over HTTP', () => {
  it('are offered with their device, and answered once they are stored', async () => {
    const { intake, clock, source } = await world();
    let answered = false;
    const taking = source.take('k1', BODY).then(() => (answered = true));
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    expect(intake.offered).toEqual([
      { source: 'web', device: 'k1', bytes: BODY, receivedAt: clock.now() },
    ]);
    intake.answer();
    await taking;
    expect(source.health()).toMatchObject({ kind: 'http', state: 'up', heard: 1, lost: 0 });
  });

  it('that could not be stored are answered with the fault', async () => {
    const { intake, source } = await world();
    const taking = source.take('k1', BODY);
    intake.answer(new Fault('store-write-failed', 'disk is full'));
    await expect(taking).rejects.toThrow('disk is full');
  });

  it('are not offered while more is heard than the disk takes; the sender is told to come back', async () => {
    const { intake, source } = await world();
    intake.press(true);
    await expect(source.take('k1', BODY)).rejects.toMatchObject({
      code: 'store-busy',
      retry: 'later',
    });
    expect(intake.offered).toEqual([]);
    intake.press(false);
    const taking = source.take('k1', BODY);
    intake.answer();
    await expect(taking).resolves.toMatchObject({ readings: 1 });
  });

  it('that are under way when the gateway stops are still answered; later ones are not taken', async () => {
    const { intake, source } = await world();
    const taking = source.take('k1', BODY);
    let stopped = false;
    const stopping = source.stop().then(() => (stopped = true));
    await new Promise(setImmediate);
    expect(stopped).toBe(false);
    await expect(source.take('k1', BODY)).rejects.toMatchObject({ code: 'stopping' });
    intake.answer();
    await expect(taking).resolves.toMatchObject({ readings: 1 });
    await stopping;
  });
});
