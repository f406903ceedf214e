// What the gateway stores in the compound's language, told in the page's own.
import { describe, expect, it } from 'vitest';
import { formatIn } from '../../dashboards/shared/format.ts';
import { ruleText, ticketTitle } from '../../dashboards/shared/told.ts';
import { en } from '../../dashboards/shared/words-en.ts';
import { zh } from '../../dashboards/shared/words-zh.ts';
import type { AlarmView } from '../../gateway/api/schemas.ts';
import { titleOf } from '../../gateway/tickets/wording.ts';
import { smallCompound } from '../fakes/small-compound.ts';

const { alarms, tickets } = smallCompound();
const [alarm] = alarms;
const [ticket] = tickets;
if (!alarm || !ticket) throw new Error('the small compound has an alarm and a ticket');

const english = { words: en, format: formatIn('Asia/Shanghai', en) };
const says = (change: Partial<AlarmView>): string =>
  ruleText({ ...alarm, ...change }, english).replaceAll('\u00a0', ' ');

describe('a rule', () => {
  it.each([
    [{}, 'fill above 90 %; over once back at 70 %; raised after 10 min'],
    [
      {
        quantity: 'battery',
        limit: 3.3,
        holdForS: 0,
        condition: { kind: 'threshold', side: 'below', clearAt: 3.4 },
      },
      'battery below 3.30 V; over once back at 3.40 V',
    ],
    [
      { condition: { kind: 'silence', forS: 30 }, holdForS: 10 },
      'no data for 30 s; raised after 10 s',
    ],
    [
      { condition: { kind: 'stuck', forS: 120 }, quantity: 'distance', holdForS: 0 },
      'distance unchanged for 2 min',
    ],
    [
      { condition: { kind: 'lamp', should: 'on' }, holdForS: 20 },
      'dark while it should be lit; raised after 20 s',
    ],
    [{ condition: { kind: 'lamp', should: 'off' }, holdForS: 0 }, 'lit while it should be off'],
    [
      { condition: { kind: 'most-of', share: 0.5 }, holdForS: 0 },
      'more than 50 % of the circuit’s lamps out at once',
    ],
    [{ condition: { kind: 'link' }, holdForS: 0 }, 'the line is cut'],
    [
      {
        condition: { kind: 'outside', band: [200, 250, 205, 245] },
        quantity: 'voltage',
        holdForS: 0,
      },
      'voltage outside 200 V – 250 V; over once back within 205 V – 245 V',
    ],
    [
      {
        condition: { kind: 'rate', side: 'rises', limit: 10, withinS: 600 },
        quantity: 'temperature',
        holdForS: 0,
      },
      'temperature rises by more than 10.0 °C within 10 min',
    ],
    [
      {
        condition: { kind: 'rate', side: 'falls', limit: 0.2, withinS: 60 },
        quantity: 'fill',
        holdForS: 0,
      },
      'fill falls by more than 20 % within 1 min',
    ],
    [
      {
        condition: { kind: 'noise', limit: 40, withinS: 1800 },
        quantity: 'distance',
        holdForS: 60,
      },
      'distance noisy: deviation above 40 mm within 30 min; raised after 1 min',
    ],
    [
      { condition: { kind: 'off-hours', limit: 0.5 }, quantity: 'net', holdForS: 0 },
      'more than 0.5 kg put in outside the drop-off windows',
    ],
    [
      {
        condition: { kind: 'meaning', meaning: 'sensor-blinded' },
        quantity: 'fill',
        holdForS: 0,
      },
      'the weight changes and the level does not: the fill sensor is probably blinded',
    ],
    [
      {
        condition: { kind: 'disagree', limit: 0.7, with: 'power' },
        quantity: 'on',
        holdForS: 0,
      },
      'switch and power more than 70 % apart',
    ],
    [
      {
        condition: { kind: 'disagree', limit: 5, with: 'net', withAsset: 'k1-scale' },
        quantity: 'net',
        holdForS: 0,
      },
      'net and k1-scale more than 5.0 kg apart',
    ],
    [
      {
        condition: { kind: 'repeat', limit: 3, withinS: 3600, of: 'lamp-out' },
        holdForS: 0,
      },
      'lamp-out raised more than 3 times within 1 h',
    ],
    [{ condition: { kind: 'silence' }, holdForS: 0 }, 'no data for three times its usual interval'],
  ] as const)('is told from its parts: %j', (change, words) => {
    expect(says(change as Partial<AlarmView>)).toBe(words);
  });

  it('of which the site file knows nothing any more is told as it was stored', () => {
    const { condition: _gone, ...stored } = alarm;
    expect(ruleText(stored, english)).toBe(alarm.text);
  });
});

describe('a ticket’s title', () => {
  it('is category and place where a sensor raised it, as the gateway itself writes it', () => {
    expect(ticketTitle(ticket, en)).toBe('Bin full · 1号投放点 厨余垃圾桶');
    expect(ticketTitle(ticket, zh)).toBe(titleOf(ticket.category, ticket.place));
    expect(ticketTitle(ticket, zh)).toBe(ticket.title);
  });

  it('is a person’s own words where a person raised it', () => {
    const [first] = ticket.history;
    if (!first) throw new Error('somebody raised it');
    const history = [{ ...first, role: 'resident' }];
    expect(ticketTitle({ ...ticket, title: '楼下很臭', history }, en)).toBe('楼下很臭');
  });
});
