// What the label sheets ask of the house.
import type { LabelsView } from './schemas-labels.ts';

export interface LabelsDesk {
  /** Every spot that a label may stand on, in the order of the site file. */
  labels(): LabelsView;
}
