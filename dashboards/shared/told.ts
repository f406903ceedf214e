// What the gateway stores in the compound's language, told again in the page's own: a rule from its
// parts, a sensor's ticket from its category and place. Names that people gave stay as they gave them,
// and so does whatever a person wrote; where the parts are missing, the stored words are shown.
import type { AlarmView, TicketView } from '../../gateway/api/schemas.ts';
import type { Format } from './format.ts';
import { wordFor, type Words } from './words.ts';

interface Tongue {
  readonly words: Words;
  readonly format: Format;
}

export function ticketTitle(ticket: TicketView, words: Words): string {
  const [first] = ticket.history;
  return first?.role === 'sensor'
    ? words.titled(ticket.place, words.category[ticket.category])
    : ticket.title;
}

export function ruleText(alarm: AlarmView, { words, format }: Tongue): string {
  const condition = conditionText(alarm, { words, format });
  if (condition === undefined) return alarm.text;
  const { holdForS = 0 } = alarm;
  return holdForS > 0 ? words.condition.held(condition, format.duration(holdForS)) : condition;
}

function conditionText(alarm: AlarmView, { words, format }: Tongue): string | undefined {
  const { condition, quantity = '', limit } = alarm;
  const say = words.condition;
  const name = wordFor(words.quantity, quantity);
  switch (condition?.kind) {
    case undefined:
      return undefined;
    case 'threshold': {
      const phrase = condition.side === 'below' ? say.below : say.above;
      return phrase(name, format.exact(quantity, limit), format.exact(quantity, condition.clearAt));
    }
    case 'silence':
      return say.silent(format.duration(condition.forS ?? Number.NaN));
    case 'stuck':
      return say.stuck(name, format.duration(condition.forS ?? Number.NaN));
    case 'lamp':
      return condition.should === 'off' ? say.burning : say.dark;
    case 'most-of':
      return say.mostOf(Math.round((condition.share ?? 0) * 100));
    case 'link':
      return say.cut;
  }
}
