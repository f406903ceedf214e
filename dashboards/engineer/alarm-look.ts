// How an alarm's state looks and reads: a shape of its own for each of ISA-18.2's states, fixed for
// ever, and the words that go with it: until when it is aside, and why.
import type { AlarmView } from '../../gateway/api/schemas.ts';
import { ruleText } from '../shared/told.ts';
import { wordFor } from '../shared/words.ts';
import type { Tongue } from './tongue.ts';

export type AlarmState = AlarmView['state'];

export const STATE_SHAPES: Readonly<Record<AlarmState, string>> = {
  'active-unacknowledged': '◉',
  'active-acknowledged': '✓',
  'returned-unacknowledged': '↩',
  latched: '⊙',
  shelved: '‖',
  suppressed: '⚙',
  'out-of-service': '⊗',
  normal: '●',
};

/** In as few words as a list has room for: “搁置到 14:30”. */
export function stateWord(alarm: AlarmView, { words, format, now }: Tongue): string {
  if (alarm.state !== 'shelved') return words.alarmState[alarm.state];
  const { shelved, shelvedUntilClear } = words.work;
  return alarm.shelvedUntil
    ? shelved(format.moment(Date.parse(alarm.shelvedUntil), now))
    : shelvedUntilClear;
}

/** Who brought it there, until when, and why; one sentence each. */
export function stateFacts(alarm: AlarmView, tongue: Tongue): string[] {
  const { words, format, now } = tongue;
  const say = words.work;
  const at = (moment: string | undefined): string =>
    moment === undefined ? '' : format.moment(Date.parse(moment), now);
  const facts: (string | undefined)[] = [
    alarm.shelvedReason && alarm.state === 'shelved' ? say.because(alarm.shelvedReason) : undefined,
    alarm.suppressedReason && say.because(alarm.suppressedReason),
    alarm.takenOutReason && say.because(alarm.takenOutReason),
    alarm.takenOutBy && say.takenOut(alarm.takenOutBy, at(alarm.takenOutAt)),
    alarm.acknowledgedBy && words.engineer.acknowledgedBy(alarm.acknowledgedBy),
    alarm.reAlarmAt && say.asksAgain(at(alarm.reAlarmAt)),
    alarm.endedBy && say.ruleEnded[alarm.endedBy],
  ];
  return facts.filter((fact): fact is string => Boolean(fact));
}

/** A flood's incident stands for many alarms and is stated by no rule of the site file. */
export const isFlood = ({ rule }: AlarmView): boolean => rule === 'flood';

/** Nobody has said of it that they have seen it. */
export const isUnseen = ({ state }: AlarmView): boolean =>
  state === 'active-unacknowledged' || state === 'returned-unacknowledged' || state === 'latched';

export const isQuiet = ({ state }: AlarmView): boolean =>
  state === 'suppressed' || state === 'out-of-service';

interface Naming extends Pick<Tongue, 'words'> {
  readonly nameOf: (id: string) => string;
}

/** What it holds of: an asset, a device or a source, or the team that a flood came to. */
export const alarmName = (alarm: AlarmView, { nameOf, words }: Naming): string =>
  isFlood(alarm)
    ? `${words.work.floodName} · ${wordFor(words.team, alarm.asset)}`
    : nameOf(alarm.asset);

/** The rule in words; of a flood, how many there are. */
export const alarmText = (alarm: AlarmView, sight: Tongue): string =>
  isFlood(alarm)
    ? sight.words.work.flood(alarm.value ?? alarm.inside.length)
    : ruleText(alarm, sight);
