// A breaker trips: every lamp of a circuit reads 0 V and draws 0 W at the same moment.
import type { Scene } from '../scene.ts';
import { changeWorld } from '../scene.ts';
import type { Scenario } from './scenario.ts';

export const circuitDies: Scenario = {
  name: 'circuit-dies',
  title: { en: 'A circuit dies', zh: '整条回路断电' },
  see: {
    en: 'All its lamps read 0 V and 0 W at once: one alarm and one ticket for the circuit, none for its lamps.',
    zh: '该回路所有灯同时为 0 V、0 W：只有一条回路报警和一张工单，单灯不再报警。',
  },
  aims: 'circuit',
  // Lit at noon too.
  target: 'c2',
  lastsMs: null,
  company: 'any',
  begin: (scene, circuit) => breaker(scene, circuit, 'out'),
  undo: (scene, circuit) => breaker(scene, circuit, 'in'),
};

function breaker(scene: Scene, circuit: string, state: 'in' | 'out'): Scene {
  return changeWorld(scene, (world) => ({
    ...world,
    circuits: { ...world.circuits, [circuit]: state === 'in' },
  }));
}
