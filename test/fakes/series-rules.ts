// Rules that look at more than one number, for the small site; each span a round number.
import type {
  DisagreeRule,
  MeaningRule,
  NoiseRule,
  OffHoursRule,
  OutsideRule,
  RateRule,
  RepeatRule,
  SilenceRule,
} from '../../gateway/domain/rule.ts';
import { hours, milliseconds, minutes } from '../../gateway/domain/time.ts';

const AT_ONCE = { holdFor: milliseconds(0), severity: 'medium' } as const;

export const MAINS: OutsideRule = {
  ...AT_ONCE,
  id: 'mains',
  kind: 'outside',
  on: 'lamp',
  quantity: 'voltage',
  least: 200,
  most: 250,
  clearLeast: 205,
  clearMost: 245,
};

export const HOT: RateRule = {
  ...AT_ONCE,
  id: 'bin-hot',
  kind: 'rate',
  on: 'bin',
  quantity: 'temperature',
  side: 'rises',
  by: 10,
  within: minutes(10),
  severity: 'high',
  ticket: { category: 'other', team: 'engineers' },
};

export const TREMBLES: NoiseRule = {
  ...AT_ONCE,
  id: 'trembles',
  kind: 'noise',
  on: 'bin',
  quantity: 'distance',
  moreThan: 40,
  within: minutes(30),
};

export const OFF_HOURS: OffHoursRule = {
  ...AT_ONCE,
  id: 'off-hours',
  kind: 'off-hours',
  on: 'bin',
  quantity: 'net',
  moreThanKg: 0.5,
};

export const BLINDED: MeaningRule = {
  ...AT_ONCE,
  id: 'sensor-blinded',
  kind: 'meaning',
  on: 'bin',
  quantity: 'fill',
  meaning: 'sensor-blinded',
};

export const SWITCHED: DisagreeRule = {
  ...AT_ONCE,
  id: 'switched',
  kind: 'disagree',
  on: 'lamp',
  quantity: 'on',
  other: { quantity: 'power' },
  moreThan: 0.7,
  within: minutes(10),
};

export const FLICKERS: RepeatRule = {
  ...AT_ONCE,
  id: 'flickers',
  kind: 'repeat',
  on: 'lamp',
  of: 'lamp-out',
  moreThan: 3,
  within: hours(1),
};

export const QUIET: SilenceRule = {
  ...AT_ONCE,
  id: 'quiet',
  kind: 'silence',
  on: 'device',
  silentFor: 'learned',
};
