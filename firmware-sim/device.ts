// One piece of our hardware at the moment it reports: which of its sensors it reads, and under
// which names it sends what they saw.
import { batteryVolts, seenDistance } from './bin.ts';
import type { Numbers } from './encode.ts';
import { seenLamp } from './lamp.ts';
import { seenVolume } from './meter.ts';
import type { Random } from './random.ts';
import { seenGross } from './scale.ts';
import type { Scene } from './scene.ts';
import type { DeviceHardware } from './site.ts';
import { binOf, lampOf } from './world.ts';

/** What the device would send now. */
export function look(scene: Scene, device: DeviceHardware, random: Random): Numbers {
  switch (device.kind) {
    case 'bins':
      return lookIntoBins(scene, device, random);
    case 'lamp':
      return { ...seenLamp(scene.world, lampOf(scene.world, device.of), random) };
    case 'meter':
      return { volume: seenVolume(scene.world.metersL[device.of] ?? 0) };
  }
}

type BinDevice = Extract<DeviceHardware, { kind: 'bins' }>;

function lookIntoBins(scene: Scene, device: BinDevice, random: Random): Numbers {
  const numbers = Object.entries(device.channels).flatMap(([channel, id]) => {
    const bin = binOf(scene.world, id);
    const prefix = channel === '' ? '' : `${channel}.`;
    return [
      [`${prefix}distance`, scene.stuckMm[id] ?? seenDistance(bin, random)],
      [`${prefix}gross`, seenGross(bin, scene.world.now, random)],
    ] as const;
  });
  const battery = device.power === 'battery' ? batteryVolts(scene.world.now, random) : undefined;
  return { ...Object.fromEntries(numbers), ...(battery === undefined ? {} : { battery }) };
}
