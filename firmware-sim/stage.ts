// Where scenarios play: which are running, on what, since when. One of each at a time.
// Commands from outside arrive here too, so that the Scene has one owner.
import type { Scenario } from './scenarios/scenario.ts';
import { SCENARIOS } from './scenarios/index.ts';
import type { Scene } from './scene.ts';
import { LINE } from './site.ts';

/** Why something asked for was not done, in words for who asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** As in HTTP: 400 cannot be read, 404 there is no such thing, 409 not as things stand. */
  readonly status: 400 | 404 | 409;
  constructor(status: 400 | 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}

export interface Running {
  readonly scenario: Scenario;
  readonly target: string;
  readonly since: number;
}

export interface Stage {
  scene(): Scene;
  running(): readonly Running[];
  change(turn: (scene: Scene) => Scene): void;
  begin(name: string, target?: string): Running;
  undo(name: string): void;
  /** Lets running scenarios go on; ends those whose time is over or that somebody mended. */
  goOn(): void;
}

/** @param say what has begun and what is over, a line each */
export function openStage(first: Scene, say: (line: string) => void): Stage {
  let scene = first;
  let running: readonly Running[] = [];

  const end = (over: Running) => {
    running = running.filter((other) => other !== over);
    scene = over.scenario.undo(scene, over.target);
    say(`${over.scenario.name} is over (${over.target})`);
  };
  return {
    scene: () => scene,
    running: () => running,
    change(turn) {
      scene = turn(scene);
    },
    begin(name, wanted) {
      const scenario = scenarioNamed(name);
      const target = wanted ?? scenario.target;
      if (!targets(scene, scenario.aims).includes(target)) {
        throw new Refusal(404, `${name} needs a ${scenario.aims}, and ${target} is none`);
      }
      const already = running.find((other) => other.scenario === scenario);
      if (already)
        throw new Refusal(409, `${name} already plays on ${already.target}: undo it first`);
      if (scenario.company === 'alone') for (const other of running) end(other);
      const begun = { scenario, target, since: scene.world.now };
      scene = scenario.begin(scene, target);
      running = [...running, begun];
      say(`${name} begins (${target}): ${scenario.see.en}`);
      return begun;
    },
    undo(name) {
      scenarioNamed(name);
      const over = running.find(({ scenario }) => scenario.name === name);
      if (!over) throw new Refusal(409, `${name} is not playing`);
      end(over);
    },
    goOn() {
      for (const each of running) {
        const elapsed = scene.world.now - each.since;
        scene = each.scenario.goOn?.(scene, each.target, elapsed) ?? scene;
        if (isOver(scene, each)) end(each);
      }
    },
  };
}

function scenarioNamed(name: string): Scenario {
  const scenario = SCENARIOS.find((each) => each.name === name);
  if (scenario) return scenario;
  const names = SCENARIOS.map((each) => each.name).join(', ');
  throw new Refusal(404, `there is no scenario ${name}; there are ${names}`);
}

function isOver(scene: Scene, { scenario, target, since }: Running): boolean {
  const elapsed = scene.world.now - since;
  const timeIsUp = scenario.lastsMs !== null && elapsed >= scenario.lastsMs;
  return timeIsUp || scenario.isMended?.(scene, target, elapsed) === true;
}

/** What a scenario of the kind may be aimed at. */
export function targets({ world }: Scene, aims: Scenario['aims']): readonly string[] {
  switch (aims) {
    case 'bin':
      return Object.keys(world.bins);
    case 'lamp':
      return Object.keys(world.lamps);
    case 'circuit':
      return Object.keys(world.circuits);
    case 'line':
      return [LINE];
    case 'site':
      return ['site'];
  }
}
