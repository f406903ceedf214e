// Channels: where they lead and with what. Only what the text says, the file that holds a robot's
// address included; a name is looked up when it is used. No mistake repeats that address: it is a
// password, and mistakes are read aloud.
import type { Check } from './check.ts';
import { type Path, show } from './mistake.ts';
import { isPrivateAddress } from './private-address.ts';
import { channelsIn, idsOf, listed, sourcesIn } from './roster.ts';

const TURNED = 'a channel could otherwise be turned against the machines of the house';

export const channelIsPublic: Check = function* (file) {
  for (const { form, at } of channelsIn(file)) {
    if (form.kind === 'webhook' && form.url !== undefined && form.allowPrivate !== true) {
      if (isPrivateAddress(form.url)) yield privateMistake([...at, 'url'], form.url);
    }
    if (form.kind === 'email' && form.host !== undefined && form.allowPrivate !== true) {
      const { host } = form;
      const isHouses = isPrivateAddress(`http://${host.includes(':') ? `[${host}]` : host}`);
      if (isHouses) yield privateMistake([...at, 'host'], host);
    }
  }
};

const privateMistake = (at: Path, address: string) => ({
  at,
  what: `${show(address)} is a private address; write allowPrivate: true beside it if it is meant`,
  means: TURNED,
});

/** A robot's address in full, at a host that the site file names. */
export const robotAddressIsTheMakers: Check = function* (file, { readSecret }) {
  for (const { form, at } of channelsIn(file)) {
    if (!('urlFile' in form) || form.urlFile === undefined) continue;
    const found = readSecret(form.urlFile);
    if (found.kind !== 'secret') continue; // told with the other secrets
    const allowed = (form.allowHosts ?? []).flatMap((host) => host?.toLowerCase() ?? []);
    const trouble = troubleWith(found.text, { allowed, allowPrivate: form.allowPrivate === true });
    if (trouble === undefined) continue;
    const { what, means } = trouble;
    yield { at: [...at, 'urlFile'], what: `${show(form.urlFile)} ${what}`, means };
  }
};

interface Leave {
  readonly allowed: readonly string[];
  readonly allowPrivate: boolean;
}

function troubleWith(
  address: string,
  { allowed, allowPrivate }: Leave,
): { readonly what: string; readonly means: string } | undefined {
  if (/\s/.test(address) || !URL.canParse(address)) {
    return {
      what: 'holds no web address in its one line',
      means: 'as the group’s settings show it',
    };
  }
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:' && !(allowPrivate && protocol === 'http:')) {
    const what = 'holds an address that does not begin with https://';
    return { what, means: 'it is a password, which others could read on its way' };
  }
  if (!allowed.includes(hostname)) {
    return { what: `leads to ${hostname}; name it under allowHosts if it is meant`, means: TURNED };
  }
  if (allowPrivate || !isPrivateAddress(address)) return undefined;
  const what = `leads to ${hostname}, a private address; write allowPrivate: true if it is meant`;
  return { what, means: TURNED };
}

/** User and password come together, and go where nobody reads along. */
export const mailPasswordIsWhole: Check = function* (file) {
  for (const { form, at } of channelsIn(file)) {
    if (form.kind !== 'email') continue;
    const { username, passwordFile } = form;
    if (passwordFile !== undefined && username === undefined && !('username' in form)) {
      yield {
        at: [...at, 'username'],
        what: 'is missing; a password needs the user whose it is',
        means: 'example courtyard',
      };
    }
    if (username !== undefined && passwordFile === undefined && !('passwordFile' in form)) {
      yield { at: [...at, 'passwordFile'], what: 'is missing; a user needs a password' };
    }
    if (passwordFile !== undefined && form.secure === 'none' && form.allowPrivate !== true) {
      yield {
        at: [...at, 'secure'],
        what: '"none" does not go with a password, which others could read on its way',
        means: 'starttls or tls',
      };
    }
  }
};

export const mailHasAReader: Check = function* (file) {
  for (const { form, at } of channelsIn(file)) {
    if (form.kind !== 'email' || form.to === undefined || form.to.length > 0) continue;
    yield { at: [...at, 'to'], what: 'is empty; name at least one reader', means: 'name@host' };
  }
};

/** Only a broker of the gateway's own takes any topic from it. */
export const channelBrokerExists: Check = function* (file) {
  const brokers = sourcesIn(file).filter(({ form }) => form.kind === 'mqtt-broker');
  const known = idsOf(listed(brokers));
  for (const { form, at } of channelsIn(file)) {
    if (form.kind !== 'mqtt' || form.source === undefined || known.has(form.source)) continue;
    const which = known.size > 0 ? `there are ${[...known].join(', ')}` : 'there is none';
    yield {
      at: [...at, 'source'],
      what: `${show(form.source)} is no source of kind mqtt-broker; ${which}`,
    };
  }
};
