// What is frozen of an alarm in the moment that it trips, before anything can change it. Part of the
// step and as pure; the samples around it are fetched from the store's books afterwards (evidence.ts).
import { isActive, type Alarm } from '../../domain/alarm.ts';
import type { Compound } from '../../domain/asset.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { RuleSettings } from '../../domain/rule.ts';
import type { DeviceStanding, Standing } from '../../domain/standing.ts';

export interface Witness {
  /** The standing that the step is to use. */
  readonly standing: Standing;
  /** What was frozen since the last call. */
  take(): Evidence[];
}

interface WitnessSite {
  readonly compound: Compound;
  readonly rules: readonly RuleSettings[];
}

export function createWitness(site: WitnessSite, standing: Standing): Witness {
  const { alarms } = standing;
  let seen: Evidence[] = [];
  return {
    standing: {
      ...standing,
      alarms: {
        ...alarms,
        put(id, alarm) {
          const isNew = isActive(alarm) && !alarms.get(id);
          if (isNew && isWork(site, alarm)) seen.push(evidenceOf(site, standing, alarm));
          alarms.put(id, alarm);
        },
      },
    },
    take() {
      const taken = seen;
      seen = [];
      return taken;
    },
  };
}

/** What is only shown has nobody who would have to prove anything. */
const isWork = ({ rules }: WitnessSite, alarm: Alarm): boolean =>
  rules.find((one) => one.id === alarm.rule)?.ticket !== undefined;

function evidenceOf({ compound, rules }: WitnessSite, standing: Standing, alarm: Alarm): Evidence {
  const { id, asset, raisedAt, quantity, value, text } = alarm;
  const rule = rules.find((one) => one.id === alarm.rule);
  const { clock } = standing.gateway();
  const device = deviceOf(compound, standing, alarm);
  return {
    alarm: id,
    asset,
    raisedAt,
    text,
    // A copy of each: they are the one thing in the standing that is changed in place.
    latest: structuredClone(standing.assets.get(asset)?.latest ?? {}),
    ...(quantity !== undefined && { quantity }),
    ...(value !== undefined && { value }),
    ...(rule && { rule }),
    ...(clock !== undefined && { clock }),
    ...(device && { device }),
    // A silence or a lost line has no samples around it: its evidence is whole as it is.
    ...(quantity !== undefined && compound.assets.has(asset) && { due: raisedAt }),
  };
}

function deviceOf(compound: Compound, standing: Standing, { asset }: Alarm): Evidence['device'] {
  const device =
    compound.devices.get(asset) ??
    [...compound.devices.values()].find((one) => [...one.assets.values()].includes(asset));
  return device && { id: device.id, ...known(standing.devices.get(device.id)) };
}

function known(standing: DeviceStanding | undefined): Partial<DeviceStanding> {
  const { link, lag, laggingSince, heardAt } = standing ?? {};
  return {
    ...(link && { link }),
    ...(lag !== undefined && { lag }),
    ...(laggingSince !== undefined && { laggingSince }),
    ...(heardAt !== undefined && { heardAt }),
  };
}
