// Who is told of alarms by HTTP.
import { type Static, Type } from 'typebox';
import { SEVERITIES } from '../domain/alarm.ts';
import { flag, identifier, listOf, oneWord, section, text, webAddress } from './option.ts';

const Webhook = section(
  { title: 'Webhook', description: 'a web address that every alarm is posted to as a CloudEvent' },
  {
    id: identifier({
      title: 'Id',
      description: 'its name in metrics and logs; what waits to be told waits under it',
      examples: ['ops'],
    }),
    url: webAddress({
      title: 'Address',
      description: 'what is posted to',
      examples: ['https://ops.example/courtyard'],
    }),
    secretFile: Type.Optional(
      text({
        title: 'Secret file',
        description:
          "file with the key that signs each request, from the site file's folder, mode 0600",
        examples: ['./secrets/ops'],
      }),
    ),
    severities: Type.Optional(
      listOf(
        oneWord(SEVERITIES, {
          title: 'Severity',
          description: 'how bad it is',
          examples: ['high'],
        }),
        {
          title: 'Severities',
          description: 'only alarms of these; all where left out',
          examples: [['medium', 'high']],
        },
      ),
    ),
    allowPrivate: flag({
      title: 'Allow private addresses',
      description: 'true where it may lead to this machine or into the house’s own network',
      examples: [true],
      default: false,
    }),
  },
);

export const Webhooks = listOf(Webhook, {
  title: 'Webhooks',
  description: 'who is told of alarms by HTTP',
  default: [],
});
export type WebhookForm = Static<typeof Webhook>;
