// Everything that is so at one moment: the world, what is wrong with the sensors that look at it,
// and which cables are in. Scenarios and commands turn one Scene into the next; links follow it.
import type { World } from './world.ts';
import { binOf, emptyBin, fillBin, levelOf, lampOf, withLamp } from './world.ts';

export interface Scene {
  readonly world: World;
  /** Bins whose level sensor hangs, and the millimetres that it repeats. */
  readonly stuckMm: Readonly<Record<string, number>>;
  /** Serial lines whose cable is out. */
  readonly pulled: readonly string[];
}

export const newScene = (world: World): Scene => ({ world, stuckMm: {}, pulled: [] });

export const changeWorld = (scene: Scene, change: (world: World) => World): Scene => ({
  ...scene,
  world: change(scene.world),
});

/** The crew comes at once. */
export const empty = (scene: Scene, bin: string): Scene =>
  changeWorld(scene, (world) => emptyBin(world, bin));

/** Brings a bin to a level, 1 being full; where it holds more, the crew comes first. */
export const fill = (scene: Scene, bin: string, to: number): Scene =>
  changeWorld(scene, (world) =>
    fillBin(levelOf(binOf(world, bin)) > to ? emptyBin(world, bin) : world, bin, to),
  );

export const mend = (scene: Scene, lamp: string): Scene =>
  changeWorld(scene, (world) => withLamp(world, { ...lampOf(world, lamp), works: true }));
