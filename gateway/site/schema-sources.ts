// The ways in: one form for each kind of source, told apart by `kind`.
import { type Static, Type } from 'typebox';
import { byKind } from './by-kind.ts';
import { command } from './command.ts';
import {
  brokerAddress,
  count,
  duration,
  identifier,
  listOf,
  netPort,
  oneOf,
  oneWord,
  section,
  text,
} from './option.ts';
import { LOOPBACK } from './schema-place.ts';

const id = identifier({
  title: 'Id',
  description: 'the source as devices name it',
  examples: ['bins-line'],
});
const kind = <K extends string>(word: K) =>
  Type.Literal(word, { title: 'Kind', description: 'which kind of source', examples: [word] });

const OwnBroker = section(
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
    profile: oneWord(['site', 'open'], {
      title: 'Profile',
      description:
        'site: only the topics of this site; open: a broker for other programs on this machine too, ' +
        'with topics, sessions and retained messages of their own, in memory and bounded',
      examples: ['open'],
      default: 'site',
    }),
  },
);

const OtherBroker = section(
  {
    title: 'MQTT broker elsewhere',
    description: 'a broker that devices publish to and that keeps what comes while we are away',
  },
  {
    id,
    kind: kind('mqtt'),
    url: brokerAddress({
      title: 'Address',
      description: 'where the broker is; mqtts:// for TLS',
      examples: ['mqtt://10.0.0.5'],
    }),
    topics: listOf(text({ title: 'Topic', description: 'a topic, or a filter with + and #' }), {
      title: 'Topics',
      description:
        'what to ask for besides the native topics and the devices’ own; what comes of it and ' +
        'belongs to no device is counted as unknown-topic',
      default: [],
      examples: [['tele/#']],
    }),
    clientId: Type.Optional(
      text({
        title: 'Client id',
        description:
          'the gateway’s name there, as nobody else’s; courtyard-<site>-<id of this source> where ' +
          'left out',
        examples: ['courtyard-luyuan'],
      }),
    ),
    username: Type.Optional(
      text({ title: 'User', description: 'who the gateway is there', examples: ['courtyard'] }),
    ),
    passwordFile: Type.Optional(
      text({
        title: 'Password file',
        description: "file with the user's password, from the site file's folder, mode 0600",
        examples: ['./secrets/upstream'],
      }),
    ),
    keepAlive: duration({
      title: 'Keep alive',
      description: 'a broker that is silent for one and a half times this counts as lost',
      examples: ['30s'],
      default: '30s',
    }),
  },
);

const Poll = section(
  { title: 'Poll', description: 'a command that is sent again and again while the port is open' },
  {
    send: command({
      title: 'Command',
      description: 'what to send, its line end included: \\r, \\n, \\x05',
      examples: [String.raw`SI\r\n`],
    }),
    every: duration({
      title: 'Interval',
      description: 'how long to wait between two commands',
      examples: ['1s'],
      default: '1s',
    }),
  },
);

const SerialLine = section(
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
    dataBits: oneOf([7, 8], {
      title: 'Data bits',
      description:
        'bits of a character, as the devices have it; many scales have 7 with even parity',
      unit: 'bits',
      examples: [7],
      default: 8,
    }),
    parity: oneWord(['none', 'even', 'odd'], {
      title: 'Parity',
      description: 'the bit that tells whether a character came over right',
      examples: ['even'],
      default: 'none',
    }),
    stopBits: oneOf([1, 2], {
      title: 'Stop bits',
      description: 'the pause behind each character',
      unit: 'bits',
      examples: [2],
      default: 1,
    }),
    decoder: text({
      title: 'Decoder',
      description: 'how the bytes of this line are read',
      examples: ['courtyard-line'],
    }),
    poll: Type.Optional(Poll),
  },
);

const Http = section(
  {
    title: 'HTTP',
    description: 'devices that post to /api/v1/readings, each with its secret as bearer token',
  },
  { id, kind: kind('http') },
);

const FORMS = { 'mqtt-broker': OwnBroker, mqtt: OtherBroker, serial: SerialLine, http: Http };

export const SourceForm = Type.Union([OwnBroker, OtherBroker, SerialLine, Http], {
  title: 'Source',
  description: 'a way in for what devices send, of one of the kinds below',
  choose: byKind(FORMS),
});
export type SourceForm = Static<typeof SourceForm>;
