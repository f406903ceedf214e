// Every scenario there is, in the order in which they are shown.
import { cablePulled } from './cable-pulled.ts';
import { circuitDies } from './circuit-dies.ts';
import { lampDies } from './lamp-dies.ts';
import { overflow } from './overflow.ts';
import { quietDay } from './quiet-day.ts';
import type { Scenario } from './scenario.ts';
import { sensorStuck } from './sensor-stuck.ts';

export const SCENARIOS: readonly Scenario[] = [
  quietDay,
  overflow,
  lampDies,
  circuitDies,
  cablePulled,
  sensorStuck,
];
