// Nothing is wrong, and people keep to the windows.
import { changeWorld } from '../scene.ts';
import type { Scenario } from './scenario.ts';

export const quietDay: Scenario = {
  name: 'quiet-day',
  title: { en: 'A quiet day', zh: '平常的一天' },
  see: {
    en: 'Bins fill between 07:00 and 09:00 and between 18:00 and 20:00, the crew empties them after. No alarm, no ticket.',
    zh: '7:00–9:00 和 18:00–20:00 居民投放，之后保洁清运。没有报警，没有工单。',
  },
  aims: 'site',
  target: 'site',
  lastsMs: null,
  company: 'alone',
  begin: (scene) => changeWorld(scene, (world) => ({ ...world, quiet: true })),
  undo: (scene) => changeWorld(scene, (world) => ({ ...world, quiet: false })),
};
