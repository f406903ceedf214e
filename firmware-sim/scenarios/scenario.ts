// The contract of a scenario: a fault or a busy hour as data, with small functions that turn one
// Scene into the next. It touches the world, the sensors or the cables, never a wire.
import type { Scene } from '../scene.ts';

export interface Words {
  readonly en: string;
  readonly zh: string;
}

export interface Scenario {
  readonly name: string;
  readonly title: Words;
  /** What somebody at the screens will see, in order. */
  readonly see: Words;
  /** What it happens to; with `site` there is nothing to choose. */
  readonly aims: 'bin' | 'lamp' | 'circuit' | 'line' | 'site';
  /** Where no target is named. */
  readonly target: string;
  /** After which it undoes itself; null for one that stays until it is undone. */
  readonly lastsMs: number | null;
  /** Whether the others are undone before it begins. */
  readonly company: 'alone' | 'any';
  begin(scene: Scene, target: string): Scene;
  /** What goes on happening, `elapsedMs` after it began; called every few hundred milliseconds. */
  goOn?(scene: Scene, target: string, elapsedMs: number): Scene;
  /** Whether somebody has already put right what it broke. */
  isMended?(scene: Scene, target: string, elapsedMs: number): boolean;
  undo(scene: Scene, target: string): Scene;
}
