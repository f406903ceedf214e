// The ways in: one form for each kind of source, told apart by `kind`.
import { type Static, Type } from 'typebox';
import { show } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { type Choice, count, identifier, netPort, section, text } from './option.ts';
import { LOOPBACK } from './schema-place.ts';

const id = identifier({
  title: 'Id',
  description: 'the source as devices name it',
  examples: ['bins-line'],
});
const kind = <K extends string>(word: K) =>
  Type.Literal(word, { title: 'Kind', description: 'which kind of source', examples: [word] });

const FORMS = {
  'mqtt-broker': section(
    { title: 'MQTT broker', description: 'a broker inside the gateway that devices publish to' },
    {
      id,
      kind: kind('mqtt-broker'),
      host: text({
        title: 'Host',
        description: 'address to listen on; the one that devices reach this machine by',
        examples: ['192.168.1.10'],
        default: LOOPBACK,
      }),
      port: netPort({ title: 'Port', description: 'TCP port', examples: [1883], default: 1883 }),
    },
  ),
  serial: section(
    { title: 'Serial line', description: 'an RS-232, RS-485 or USB port with devices on it' },
    {
      id,
      kind: kind('serial'),
      path: text({
        title: 'Port',
        description: 'the port; the names under /dev/serial/by-id stay when cables move',
        examples: ['/dev/serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0'],
      }),
      baudRate: count({
        title: 'Baud rate',
        description: 'speed of the line; it must be the devices’ own',
        unit: 'baud',
        examples: [115_200],
        default: 9600,
        minimum: 50,
        maximum: 4_000_000,
      }),
      decoder: text({
        title: 'Decoder',
        description: 'how the bytes of this line are read',
        examples: ['courtyard-line'],
      }),
    },
  ),
};

function chooseSource(value: unknown): Choice {
  const kinds = Object.keys(FORMS).join(', ');
  if (typeof value !== 'object' || value === null) {
    return { complaint: `${show(value)} must be a mapping with id and kind` };
  }
  const kind = 'kind' in value ? value.kind : undefined;
  if (kind === undefined) return { complaint: `kind is missing; write one of ${kinds}` };
  if (typeof kind === 'string' && Object.hasOwn(FORMS, kind)) {
    return { form: FORMS[kind as keyof typeof FORMS] };
  }
  const guess = didYouMean(kind, Object.keys(FORMS));
  return { complaint: `kind ${show(kind)} is none of ${kinds}${guess}` };
}

export const SourceForm = Type.Union([FORMS['mqtt-broker'], FORMS.serial], {
  title: 'Source',
  description: 'a way in for what devices send, of one of the kinds below',
  choose: chooseSource,
});
export type SourceForm = Static<typeof SourceForm>;
