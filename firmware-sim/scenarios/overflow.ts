// A family moves out: one bin is heaped past its brim, and the crew does not come by itself.
import { SECOND } from '../moment.ts';
import type { Scene } from '../scene.ts';
import { changeWorld, empty } from '../scene.ts';
import { binOf, fillBin, FULL, levelOf, withBin } from '../world.ts';
import type { Scenario } from './scenario.ts';

const RISE_MS = 45 * SECOND;
const HEAPED = 1.05;

export const overflow: Scenario = {
  name: 'overflow',
  title: { en: 'A bin overflows', zh: '垃圾桶满溢' },
  see: {
    en: 'Within 45 s the bin stands over its limit and stays there. After the hold time one alarm and one ticket; both clear when the crew empties it.',
    zh: '45 秒内该桶超过上限并保持。持续时间过后出现一条报警和一张工单；清空后自动恢复。',
  },
  aims: 'bin',
  target: 'k1-wet',
  lastsMs: null,
  company: 'any',
  begin: (scene, bin) => neglect(scene, bin, 'neglected'),
  goOn(scene, bin, elapsedMs) {
    if (elapsedMs > RISE_MS + SECOND) return scene;
    const level = HEAPED * Math.min(1, elapsedMs / RISE_MS);
    return changeWorld(scene, (world) => fillBin(world, bin, level));
  },
  isMended: (scene, bin, elapsedMs) =>
    elapsedMs > RISE_MS + SECOND && levelOf(binOf(scene.world, bin)) < FULL,
  undo(scene, bin) {
    const remembered = neglect(scene, bin, 'remembered');
    return levelOf(binOf(scene.world, bin)) < FULL ? remembered : empty(remembered, bin);
  },
};

function neglect(scene: Scene, bin: string, crew: 'neglected' | 'remembered'): Scene {
  const neglected = crew === 'neglected';
  return changeWorld(scene, (world) => withBin(world, { ...binOf(world, bin), neglected }));
}
