// Webhooks: where they lead. Only what the text itself says; a name is looked up when it is used.
import type { Check } from './check.ts';
import { show } from './mistake.ts';
import { isPrivateAddress } from './private-address.ts';
import { webhooksIn } from './roster.ts';

export const webhookIsPublic: Check = function* (file) {
  for (const { form, at } of webhooksIn(file)) {
    if (form.url === undefined || form.allowPrivate === true || !isPrivateAddress(form.url))
      continue;
    yield {
      at: [...at, 'url'],
      what: `${show(form.url)} is a private address; write allowPrivate: true beside it if it is meant`,
      means: 'a webhook could otherwise be turned against the machines of the house',
    };
  }
};
