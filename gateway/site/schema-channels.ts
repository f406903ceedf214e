// Where people are told: group robots, mail, web addresses, a broker. What is told to whom, and when,
// stands elsewhere; here is only how each channel is reached and how much of it is too much.
// A robot's address is its password: whoever has it writes into the group. So it is read from a file.
import { type Static, Type } from 'typebox';
import { byKind } from './by-kind.ts';
import { SEVERITIES } from '../domain/alarm.ts';
import { show } from './mistake.ts';
import {
  count,
  flag,
  identifier,
  listOf,
  netPort,
  oneWord,
  section,
  text,
  webAddress,
} from './option.ts';

const id = identifier({
  title: 'Id',
  description:
    'the channel as routes, metrics and logs name it; what waits to be told waits under it',
  examples: ['duty-group'],
});
const kind = <K extends string>(word: K) =>
  Type.Literal(word, { title: 'Kind', description: 'which kind of channel', examples: [word] });
const allowPrivate = flag({
  title: 'Allow private addresses',
  description: 'true where it may lead to this machine or into the house’s own network',
  examples: [true],
  default: false,
});
const perMinute = (usual: number, most: number) =>
  count({
    title: 'Messages a minute',
    description: 'how many it is given at most; more wait for their turn, and none is lost',
    unit: '1/min',
    examples: [Math.ceil(usual / 2)],
    default: usual,
    minimum: 1,
    maximum: most,
  });
const secretFile = (description: string) =>
  Type.Optional(
    text({ title: 'Secret file', description, examples: ['./secrets/duty-group.key'] }),
  );

const urlFile = text({
  title: 'Address file',
  description:
    "file with the robot's web address, which is its password; from the site file's folder, mode 0600",
  examples: ['./secrets/duty-group.url'],
});
const allowHosts = (hosts: string[]) =>
  listOf(text({ title: 'Host', description: 'a host by its name' }), {
    title: 'Hosts',
    description: 'where the address may lead; the maker’s own where left out',
    examples: [hosts],
    default: hosts,
  });

const WeCom = section(
  { title: 'WeCom robot', description: 'a robot in a WeCom group (企业微信群机器人)' },
  {
    id,
    kind: kind('wecom'),
    urlFile,
    allowHosts: allowHosts(['qyapi.weixin.qq.com']),
    allowPrivate,
    perMinute: perMinute(20, 20),
  },
);

const DingTalk = section(
  { title: 'DingTalk robot', description: 'a robot in a DingTalk group (钉钉自定义机器人)' },
  {
    id,
    kind: kind('dingtalk'),
    urlFile,
    secretFile: secretFile(
      "file with the key that signs each message (加签, it begins with SEC), from the site file's folder, mode 0600",
    ),
    allowHosts: allowHosts(['oapi.dingtalk.com']),
    allowPrivate,
    // More than twenty, and it is mute for ten minutes.
    perMinute: perMinute(18, 20),
  },
);

const Feishu = section(
  { title: 'Feishu robot', description: 'a robot in a Feishu or Lark group (飞书自定义机器人)' },
  {
    id,
    kind: kind('feishu'),
    urlFile,
    secretFile: secretFile(
      "file with the key that signs each message (签名校验), from the site file's folder, mode 0600",
    ),
    allowHosts: allowHosts(['open.feishu.cn', 'open.larksuite.com']),
    allowPrivate,
    perMinute: perMinute(100, 100),
  },
);

const mailAddress = (title: string, description: string, example: string) =>
  Type.String({
    title,
    description,
    examples: [example],
    maxLength: 254,
    pattern: String.raw`^[^\s@<>"(),:;\\\[\]]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$`,
    complain: (value: unknown) => `${show(value)} is no mail address; write name@host`,
  });

const Email = section(
  { title: 'Mail', description: 'letters by SMTP' },
  {
    id,
    kind: kind('email'),
    host: text({
      title: 'Host',
      description: 'the mail server that letters are handed to',
      examples: ['smtp.example.com'],
    }),
    port: netPort({
      title: 'Port',
      description: 'TCP port: 587 with starttls, 465 with tls as a rule',
      examples: [465],
      default: 587,
    }),
    secure: oneWord(['starttls', 'tls', 'none'], {
      title: 'Encryption',
      description:
        'starttls: encrypted before anything is said, or nothing is; tls: from the first byte; none: readable on its way',
      examples: ['tls'],
      default: 'starttls',
    }),
    username: Type.Optional(
      text({ title: 'User', description: 'who the gateway is there', examples: ['courtyard'] }),
    ),
    passwordFile: Type.Optional(
      text({
        title: 'Password file',
        description: "file with the user's password, from the site file's folder, mode 0600",
        examples: ['./secrets/mail'],
      }),
    ),
    from: mailAddress('From', 'whom the letters come from', 'courtyard@example.com'),
    to: Type.Array(mailAddress('To', 'whom the letters go to', 'manager@example.com'), {
      title: 'To',
      description: 'whom a letter goes to that names nobody',
      examples: [['manager@example.com']],
      minItems: 1,
    }),
    allowPrivate,
    perMinute: perMinute(30, 600),
  },
);

const severities = Type.Optional(
  listOf(
    oneWord(SEVERITIES, { title: 'Severity', description: 'how bad it is', examples: ['high'] }),
    {
      title: 'Severities',
      description: 'alarms of these only; all where left out, none where empty',
      examples: [['medium', 'high']],
    },
  ),
);

const WebAddress = section(
  {
    title: 'Webhook',
    description: 'a web address that alarms and letters are posted to as CloudEvents',
  },
  {
    id,
    kind: kind('webhook'),
    url: webAddress({
      title: 'Address',
      description: 'what is posted to',
      examples: ['https://ops.example/courtyard'],
    }),
    secretFile: secretFile(
      "file with the key that signs each request, from the site file's folder, mode 0600",
    ),
    severities,
    allowPrivate,
    perMinute: perMinute(600, 6000),
  },
);

const MqttTopic = section(
  { title: 'MQTT', description: 'alarms and letters as JSON on a broker of the gateway’s own' },
  {
    id,
    kind: kind('mqtt'),
    source: text({
      title: 'Broker',
      description: 'the id of a source of kind mqtt-broker',
      examples: ['broker'],
    }),
    topic: Type.Optional(
      Type.String({
        title: 'Topic',
        description: 'what is published to; courtyard/<site>/notices/<id> where left out',
        examples: ['courtyard/luyuan/notices/duty'],
        pattern: String.raw`^(?!\$)[^+#\u0000]{1,512}$`,
        complain: (value: unknown) => `${show(value)} is no topic; it holds no + and no #`,
      }),
    ),
    severities,
    perMinute: perMinute(600, 6000),
  },
);

const FORMS = {
  wecom: WeCom,
  dingtalk: DingTalk,
  feishu: Feishu,
  email: Email,
  webhook: WebAddress,
  mqtt: MqttTopic,
};

export const ChannelForm = Type.Union([WeCom, DingTalk, Feishu, Email, WebAddress, MqttTopic], {
  title: 'Channel',
  description: 'a way to people, of one of the kinds below',
  choose: byKind(FORMS),
});
export type ChannelForm = Static<typeof ChannelForm>;

export const Channels = listOf(ChannelForm, {
  title: 'Channels',
  description: 'the ways to people',
  default: [],
});
