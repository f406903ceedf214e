// A spider before the sensor: its distance stays the same to the millimetre while the bin fills.
import { trueDistance } from '../bin.ts';
import { binOf } from '../world.ts';
import type { Scenario } from './scenario.ts';

export const sensorStuck: Scenario = {
  name: 'sensor-stuck',
  title: { en: 'A level sensor is stuck', zh: '测距传感器卡死' },
  see: {
    en: 'The bin’s distance repeats one value to the millimetre while its weight goes on changing. After a few minutes an alarm and a ticket for the engineer.',
    zh: '该桶测距值一毫米不变地重复，而重量仍在变化。几分钟后出现报警和工程师工单。',
  },
  aims: 'bin',
  target: 'k2-dry',
  lastsMs: null,
  company: 'any',
  begin: (scene, bin) => ({
    ...scene,
    stuckMm: { ...scene.stuckMm, [bin]: Math.round(trueDistance(binOf(scene.world, bin))) },
  }),
  undo(scene, bin) {
    const { [bin]: _, ...stuckMm } = scene.stuckMm;
    return { ...scene, stuckMm };
  },
};
