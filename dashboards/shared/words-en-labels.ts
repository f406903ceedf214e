// The English of the label sheets; the same keys as the Chinese.
import type { labelsZh } from './words-zh-labels.ts';

export const labelsEn: typeof labelsZh = {
  title: 'Labels',
  note: 'Codes to print for stations, lamps, meters and buildings',
  kinds: 'Which',
  kind: { station: 'Stations', lamp: 'Lamps', meter: 'Meters', building: 'Buildings' },
  size: 'Size',
  sizes: { small: 'Small · 10 a page', medium: 'Medium · 6 a page' },
  big: 'Also a whole page for each station, to be scanned from 1.2 m',
  print: 'Print',
  count: (labels, pages) =>
    `${labels} ${labels === 1 ? 'label' : 'labels'} · ${pages} ${pages === 1 ? 'page' : 'pages'}`,
  none: 'There is nothing yet to put a label on',
  noneNext: (file) => `Write stations, lamps, meters or buildings into the site file (${file}).`,
  noneChosen: 'No kind is chosen',
  noneChosenNext: 'Choose at least one above.',
  noCodes: 'There is no public address, and so there are no codes',
  codesLater: 'Once it is written and the gateway was restarted, the codes are here.',
  withoutCodes: 'Print labels with number and telephone only',
  beforePrinting: 'Before you print',
  scan: 'Scan to report',
  call: 'No internet? Call',
  tell: 'Tell them this number',
  number: 'No.',
  qr: (name) => `Code to report what is wrong at ${name}`,
  doubt: {
    'no-address': () =>
      'The site file has no publicUrl: write the address that residents’ phones reach, as publicUrl: https://luyuan.example, and restart the gateway.',
    loopback: (host) =>
      `${host} is this machine itself, which no phone can reach: put a reverse proxy with a public name before the gateway.`,
    private: (host) =>
      `Phones outside the house’s own network cannot reach ${host}; residents on mobile data see nothing: put a reverse proxy with a public name before the gateway.`,
    'bare-name': (host) =>
      `${host} is no full name: only this house’s network knows it, and residents on mobile data see nothing. Take a public name.`,
    'house-name': (host) =>
      `${host} is a name that the internet does not know; residents on mobile data see nothing. Take a public name.`,
    'plain-http': (host) =>
      `${host} without encryption: residents’ photos and telephone numbers travel open, and their phones warn of it. Use https.`,
    elsewhere: (host, listens) =>
      `The codes lead to ${host}, where this gateway does not listen; it does on ${listens}. Change http in the site file, or put a proxy there.`,
    'has-path': () =>
      'The public address has a path, and the gateway’s pages lie at the root of their name: write it without.',
    long: () =>
      'The public address is long, so the codes are fine and hard to scan for old phones: take a shorter name.',
    'no-phone': () =>
      'No telephone is given: who has no internet finds no other way on the label. Write contact: { phone: "021-5555 0100" } into the site file.',
  },
};
