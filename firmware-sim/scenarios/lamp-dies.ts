// One lamp's driver burns out: mains arrives, nothing is drawn.
import { changeWorld, mend } from '../scene.ts';
import { lampOf, withLamp } from '../world.ts';
import type { Scenario } from './scenario.ts';

export const lampDies: Scenario = {
  name: 'lamp-dies',
  title: { en: 'A lamp dies', zh: '一盏灯熄灭' },
  see: {
    en: 'The lamp draws 0 W while its voltage stands. After the hold time one alarm and one ticket for the engineer, until it is mended.',
    zh: '该灯电压正常而功率为 0 W。持续时间过后出现一条报警和一张工程师工单，修好后恢复。',
  },
  aims: 'lamp',
  // One that is lit at noon too.
  target: 'lamp-23',
  lastsMs: null,
  company: 'any',
  begin: (scene, lamp) =>
    changeWorld(scene, (world) => withLamp(world, { ...lampOf(world, lamp), works: false })),
  isMended: (scene, lamp) => lampOf(scene.world, lamp).works,
  undo: mend,
};
