// What the gateway stores in the compound's language, told again in the page's own: a rule from its
// parts, a sensor's ticket from its category and place. Names that people gave stay as they gave them,
// and so does whatever a person wrote; where the parts are missing, the stored words are shown.
import type { AlarmView, ConditionView, TicketView } from '../../gateway/api/schemas.ts';
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
    case 'outside':
    case 'rate':
    case 'noise':
    case 'off-hours':
    case 'meaning':
    case 'disagree':
    case 'repeat':
      return seriesText(condition, quantity, { words, format });
    case 'silence':
      return condition.forS === undefined
        ? say.silentLearned
        : say.silent(format.duration(condition.forS));
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

/** What looks at more than one number. */
function seriesText(condition: ConditionView, quantity: string, tongue: Tongue): string {
  const { words, format } = tongue;
  const say = words.condition;
  const { limit = Number.NaN, band = [], of = '' } = condition;
  const name = wordFor(words.quantity, quantity);
  const amount = format.exact(quantity, limit);
  const span = format.duration(condition.withinS ?? Number.NaN);
  switch (condition.kind) {
    case 'outside': {
      const [least, most, clearLeast, clearMost] = band.map((end) => format.exact(quantity, end));
      return say.outside(name, `${least} – ${most}`, `${clearLeast} – ${clearMost}`);
    }
    case 'rate':
      return (condition.side === 'falls' ? say.falls : say.rises)(name, amount, span);
    case 'noise':
      return say.noisy(name, amount, span);
    case 'off-hours':
      return say.offHours(format.exact('net', limit));
    case 'meaning':
      return say.meanings[condition.meaning ?? 'contaminated'];
    case 'disagree':
      return say.disagrees(
        name,
        otherText(condition, quantity, tongue),
        apartText(condition, quantity, tongue),
      );
    default:
      return say.repeats(of, limit, span);
  }
}

function otherText(
  { with: other = '', withAsset }: ConditionView,
  quantity: string,
  { words }: Tongue,
) {
  const name = wordFor(words.quantity, other);
  if (withAsset === undefined) return name;
  return other === quantity ? withAsset : `${withAsset} ${name}`;
}

/** A switch and a draw are compared as shares of the nominal watts. */
const apartText = ({ limit }: ConditionView, quantity: string, { format }: Tongue): string =>
  format.exact(quantity === 'on' ? 'fill' : quantity, limit);
