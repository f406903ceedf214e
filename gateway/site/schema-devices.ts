// The hardware: which device speaks, over which source, of which assets.
import { type Static, Type } from 'typebox';
import { duration, identifier, listOf, section, text } from './option.ts';

const asset = identifier({
  title: 'Asset',
  description: 'id of a bin, scale, lamp, circuit or meter',
  examples: ['k1-wet'],
});

const DeviceForm = section(
  { title: 'Device', description: 'the hardware that reports on one or more assets' },
  {
    id: identifier({
      title: 'Id',
      description: 'as the device calls itself in its frames or topic; a-z, 0-9 and - in ours',
      examples: ['k1'],
    }),
    source: identifier({
      title: 'Source',
      description: 'id of the source that hears it',
      examples: ['bins-line'],
    }),
    decoder: Type.Optional(
      text({
        title: 'Decoder',
        description: 'how its messages are read; on a serial line the line’s own',
        examples: ['courtyard-json'],
      }),
    ),
    options: Type.Record(Type.String(), Type.Unknown(), {
      title: 'Decoder options',
      description: 'what its decoder wants to know',
      default: {},
    }),
    asset: Type.Optional(asset),
    assets: Type.Optional(
      Type.Record(Type.String(), asset, {
        title: 'Assets by channel',
        description: 'where one device serves several assets: channel, then asset',
        examples: ['{ wet: k1-wet, dry: k1-dry }'],
      }),
    ),
    every: duration({
      title: 'Interval',
      description: 'how often a healthy one reports; values older than a few of these are stale',
      examples: ['60s'],
      default: '60s',
    }),
    topic: Type.Optional(
      text({
        title: 'Topic',
        description: 'its MQTT topic where that is not courtyard/<site>/<device>/telemetry',
        examples: ['tele/bin-7/SENSOR'],
      }),
    ),
    secretFile: Type.Optional(
      text({
        title: 'Secret file',
        description: "file with its password or token, from the site file's folder, mode 0600",
        examples: ['./secrets/lamp-07'],
      }),
    ),
  },
);

export const Devices = listOf(DeviceForm, {
  title: 'Devices',
  description: 'the hardware that reports',
  default: [],
});
export type DeviceForm = Static<typeof DeviceForm>;
