// The ways in: what one line, one broker or the HTTP door needs beyond its own keys.
import { decoderNamed } from '../decode/index.ts';
import type { Check } from './check.ts';
import { type Path, show } from './mistake.ts';
import { devicesIn, sourcesIn } from './roster.ts';

/** Bytes that name no device are the line's only device's, or nobody's. */
export const silentLineHasOneDevice: Check = function* (file) {
  for (const { form, at } of sourcesIn(file)) {
    if (form.kind !== 'serial' || form.decoder === undefined || form.id === undefined) continue;
    if (decoderNamed(form.decoder)?.speaker !== 'way-in') continue;
    const [, second] = devicesIn(file).filter((device) => device.form.source === form.id);
    if (!second) continue;
    yield {
      at: [...second.at, 'source'],
      what: `${show(form.id)} has a device already, and ${show(form.decoder)} does not say which one speaks`,
      also: { words: 'see', at: [...at, 'decoder'] },
      means: 'such a device has a line of its own',
    };
  }
};

/** MQTT 3.1.1, 3.1.2.9: no password without a user name. */
export const passwordHasUser: Check = function* (file) {
  for (const { form, at } of sourcesIn(file)) {
    if (form.kind !== 'mqtt' || form.passwordFile === undefined) continue;
    if ('username' in form) continue;
    yield {
      at: [...at, 'username'],
      what: 'is missing; a password needs the user whose it is',
      means: 'example courtyard',
    };
  }
};

/** Over HTTP the token alone says who speaks. */
export const tokensDiffer: Check = function* (file, { readSecret }) {
  const first = new Map<string, Path>();
  for (const { form, at } of devicesIn(file)) {
    if (form.secretFile === undefined || !isOverHttp(file, form.source)) continue;
    const found = readSecret(form.secretFile);
    if (found.kind !== 'secret') continue;
    const place = [...at, 'secretFile'];
    const taken = first.get(found.text);
    if (taken) {
      yield {
        at: place,
        what: 'holds the token of another device',
        also: { words: 'see', at: taken },
        means: 'make one with `courtyard token create`',
      };
    } else first.set(found.text, place);
  }
};

/** Whoever is not asked who he is must at least be on this machine. */
export const openIsOnThisMachine: Check = function* (file) {
  for (const { form, at } of sourcesIn(file)) {
    if (form.kind !== 'mqtt-broker' || form.profile !== 'open') continue;
    if (form.host === undefined || LOOPBACKS.includes(form.host)) continue;
    yield {
      at: [...at, 'profile'],
      what: `"open" does not go with ${show(form.host)}, which other machines reach`,
      also: { words: 'see', at: [...at, 'host'] },
      means: 'leave profile out, or host',
    };
  }
};

const LOOPBACKS = ['127.0.0.1', '::1', 'localhost'];

const isOverHttp = (file: Parameters<Check>[0], source: string | undefined): boolean =>
  sourcesIn(file).some(({ form }) => form.kind === 'http' && form.id === source);
