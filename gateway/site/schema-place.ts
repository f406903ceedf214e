// The site itself and the gateway's own doors: `site`, `http`, `store`, `influx`, `homeAssistant`.
import { Type } from 'typebox';
import { timeOfDay } from './hours.ts';
import { show } from './mistake.ts';
import {
  count,
  duration,
  flag,
  identifier,
  keepFor,
  listOf,
  measure,
  netPort,
  oneWord,
  section,
  text,
  webAddress,
} from './option.ts';

export const LOOPBACK = '127.0.0.1';

const dayList = (title: string, description: string, example: string) =>
  listOf(
    Type.String({
      title: 'Day',
      description: 'a date of the site',
      pattern: String.raw`^\d{4}-\d\d-\d\d$`,
      complain: (value: unknown) => `${show(value)} is no date; write "${example}"`,
    }),
    { title, description, examples: [[example]], default: [] },
  );

/** As people write a number down; it is dialled as it stands. */
const PHONE = String.raw`^\+?[0-9][0-9 ()\-]{1,28}[0-9]$`;

const ContactSection = section(
  { title: 'Contact', description: 'the way without internet; it stands on every label' },
  {
    phone: Type.String({
      title: 'Telephone',
      description: 'a number that somebody answers; digits, spaces, brackets, hyphens',
      examples: ['021-5555 0100'],
      pattern: PHONE,
      complain: (value: unknown) =>
        typeof value === 'number'
          ? `${value} is a number and may have lost its 0; write it in quotes, "021-5555 0100"`
          : `${show(value)} is no telephone number; write "021-5555 0100"`,
    }),
    name: Type.Optional(
      Type.String({
        title: 'Name',
        description: 'who answers it',
        examples: ['物业值班室'],
        minLength: 1,
        maxLength: 40,
      }),
    ),
  },
);

const density = (title: string, example: number) =>
  Type.Optional(
    measure({
      title,
      description: 'of a litre, as it lies in a bin; weigh one full bin to find it',
      unit: 'kg/L',
      examples: [example],
      exclusiveMinimum: 0,
      maximum: 5,
    }),
  );

const DensitySection = section(
  {
    title: 'Density',
    description: 'makes kilograms, marked as estimates, of the levels of bins without a scale',
  },
  {
    wet: density('Wet', 0.5),
    dry: density('Dry', 0.15),
    recyclable: density('Recyclable', 0.06),
    hazardous: density('Hazardous', 0.2),
  },
);

export const PlaceSection = section(
  { title: 'Site', description: 'the compound, where it is and when its day begins' },
  {
    id: identifier({
      title: 'Id',
      description: 'the site in MQTT topics and in InfluxDB tags',
      examples: ['luyuan'],
    }),
    name: text({
      title: 'Name',
      description: 'the compound as people call it',
      examples: ['绿苑小区'],
    }),
    zone: text({
      title: 'Time zone',
      description: 'IANA name; local days and hours are counted in it',
      examples: ['Asia/Shanghai'],
    }),
    latitude: measure({
      title: 'Latitude',
      description: 'degrees north, negative in the south; it gives sunset for the lamps',
      unit: '°',
      examples: [31.08],
      minimum: -90,
      maximum: 90,
    }),
    longitude: measure({
      title: 'Longitude',
      description: 'degrees east, negative in the west',
      unit: '°',
      examples: [121.39],
      minimum: -180,
      maximum: 180,
    }),
    dayStartsAt: timeOfDay({
      title: 'Day starts at',
      description: "local time at which a new day's ledger begins",
      examples: ['05:00'],
      default: '00:00',
    }),
    holidays: Type.Optional(
      section(
        {
          title: 'Holidays',
          description: 'what differs here from the public holidays of the Chinese calendar',
        },
        {
          add: dayList('Add', 'days that are holidays here', '2027-02-05'),
          remove: dayList('Remove', 'public holidays that are none here', '2027-05-02'),
        },
      ),
    ),
    densityKgPerL: Type.Optional(DensitySection),
    publicUrl: Type.Optional(
      webAddress({
        title: 'Public address',
        description: 'what residents’ phones reach this gateway by; it stands in the QR codes',
        examples: ['https://luyuan.example'],
      }),
    ),
    contact: Type.Optional(ContactSection),
  },
);

export const HttpSection = section(
  { title: 'Screens and API', description: 'where browsers reach the gateway', default: {} },
  {
    host: text({
      title: 'Host',
      description: 'address to listen on; 0.0.0.0 is every network of this machine',
      examples: ['0.0.0.0'],
      default: LOOPBACK,
    }),
    port: netPort({ title: 'Port', description: 'TCP port', examples: [8080], default: 8080 }),
    trustedProxies: listOf(
      text({
        title: 'Proxy',
        description: 'its address as this machine sees it, or a range of them',
        examples: ['127.0.0.1', '10.0.0.0/8'],
      }),
      {
        title: 'Trusted proxies',
        description:
          'whose word about their clients’ addresses is taken (X-Forwarded-For); each of them must write that header anew or add to it',
        examples: [['127.0.0.1']],
        default: [],
      },
    ),
  },
);

const KeepSection = section(
  {
    title: 'Keep readings',
    description: 'how long readings are kept, and what is made of them for charts',
    default: {},
  },
  {
    raw: keepFor({
      title: 'Readings',
      description: 'as they came; only what everybody who follows the log has passed goes',
      examples: ['90d'],
      default: '30d',
    }),
    minute: keepFor({
      title: 'Minutes',
      description: 'least, mean, most and last of each minute',
      examples: ['365d'],
      default: '180d',
    }),
    hour: keepFor({
      title: 'Hours',
      description: 'the same of each hour',
      examples: ['3650d'],
      default: '1830d',
    }),
    day: keepFor({
      title: 'Days',
      description: 'the same of each day of the site',
      examples: ['forever'],
      default: 'forever',
    }),
  },
);

export const StoreSection = section(
  { title: 'Store', description: 'where everything that was heard is written down', default: {} },
  {
    dir: text({
      title: 'Folder',
      description: 'folder of the database, from where the gateway is started',
      examples: ['/var/lib/courtyard'],
      default: './data',
    }),
    rawKeep: duration({
      title: 'Keep raw bytes',
      description: 'how long the bytes of rejected and doubted messages are kept',
      examples: ['7d'],
      default: '7d',
    }),
    rawKeepMb: count({
      title: 'Keep raw bytes, at most',
      description: 'how much of them is kept, the oldest going first',
      unit: 'MiB',
      examples: [32],
      default: 32,
      minimum: 1,
      maximum: 10_000,
    }),
    keep: KeepSection,
    sync: oneWord(['latency', 'wear'], {
      title: 'Commits',
      description:
        'latency: at once; wear: once a second, which writes a card far less often; acknowledged is after the commit either way',
      examples: ['wear'],
      default: 'latency',
    }),
    ballastMb: count({
      title: 'Ballast',
      description: 'room that is set aside for the day that the disk is full',
      unit: 'MiB',
      examples: [32],
      default: 32,
      minimum: 0,
      maximum: 10_000,
    }),
    waitingMb: count({
      title: 'Waiting',
      description:
        'how much may wait for the disk in memory; beyond it senders wait, and what nobody sends again is given up',
      unit: 'MiB',
      examples: [16],
      default: 16,
      minimum: 1,
      maximum: 1000,
    }),
    giveUpAfter: duration({
      title: 'Give up after',
      description: 'how long the disk may fail before the gateway ends itself to be started anew',
      examples: ['10m'],
      default: '10m',
    }),
    maxMb: count({
      title: 'Largest size',
      description:
        'beyond it the oldest goes, whatever its age: readings first, then minutes, hours',
      unit: 'MiB',
      examples: [8192],
      default: 8192,
      minimum: 64,
      maximum: 10_000_000,
    }),
  },
);

export const InfluxSection = section(
  { title: 'InfluxDB', description: 'a database that gets a copy; without it all still works' },
  {
    url: webAddress({
      title: 'Address',
      description: 'any server that takes the InfluxDB 1.x write API',
      examples: ['http://127.0.0.1:8086'],
    }),
    database: text({
      title: 'Database',
      description: 'its name; made where it is missing and may be made',
      examples: ['courtyard'],
    }),
    username: Type.Optional(
      text({ title: 'User', description: 'who writes', examples: ['courtyard'] }),
    ),
    passwordFile: Type.Optional(
      text({
        title: 'Password file',
        description: "file with the user's password, from the site file's folder, mode 0600",
        examples: ['./secrets/influx'],
      }),
    ),
    timeout: duration({
      title: 'Timeout',
      description: 'how long one write may take',
      examples: ['10s'],
      default: '10s',
    }),
  },
);

export const HomeAssistantSection = section(
  {
    title: 'Home Assistant',
    description: 'whether the compound shows up there by itself, over MQTT',
    default: {},
  },
  {
    enabled: flag({
      title: 'Enabled',
      description: 'true to describe every bin, scale, lamp and meter to Home Assistant',
      examples: [true],
      default: false,
    }),
    prefix: identifier({
      title: 'Prefix',
      description: "first level of its discovery topics, as in Home Assistant's own MQTT settings",
      examples: ['homeassistant'],
      default: 'homeassistant',
    }),
  },
);

/** Ids in a list, as `only` has them. */
export const idList = (facts: { title: string; description: string; examples: string[][] }) =>
  listOf(identifier({ title: 'Id', description: 'an id of this file' }), facts);
