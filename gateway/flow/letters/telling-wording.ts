// What stands in a letter, in the site's language. Plain text: what people wrote is cut short, freed
// of telephone numbers and of marks that no eye sees, and whoever sends it escapes the rest. The first
// line says what, where and since when; the next what is asked of the reader and until when.
import type { Severity } from '../../domain/alarm.ts';
import { withoutNumbers } from '../../domain/audit.ts';
import type { LetterItem, LetterNews, LetterReason } from '../../domain/letter.ts';
import type { WallTime } from '../../domain/local-time.ts';
import type { Tongue } from '../../domain/reader.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import { stepBefore } from '../../tickets/deadlines.ts';

export interface LetterScene {
  readonly tongue: Tongue;
  readonly wall: (moment: Instant) => WallTime;
}

/** One thing that a letter tells of. */
export interface Said {
  readonly id: string;
  readonly name: string;
  readonly since: Instant;
  readonly severity: Severity;
  readonly reason: LetterReason;
  /** What made it grow, or that it stands for a flood. */
  readonly why?: Growth | 'flood';
  /** Absent: an alarm without work, or work that is forgotten. */
  readonly ticket?: Ticket;
}

export const GROWTHS = ['graver', 'soon-late', 'late', 'returned', 'wider'] as const;
export type Growth = (typeof GROWTHS)[number];

/** A line each; a screen of a telephone holds no more. */
export const MOST_LINES = 8;
const LONGEST_NAME = 60;

export type LetterText = Pick<LetterNews, 'title' | 'lines' | 'items'>;

export function letterText(scene: LetterScene, { reason, said, others }: Content): LetterText {
  const sorted = said.toSorted(byWeight);
  const items = sorted.map((one) => ({ id: one.id, reason: one.reason, line: lineOf(scene, one) }));
  const [first] = sorted;
  const more = scene.tongue === 'zh' ? MORE_ZH : MORE_EN;
  const rest = others > 0 ? [more.others(others)] : [];
  if (first && said.length === 1) {
    const lines = [askedOf(scene, first), ...factsOf(scene, first), ...rest];
    return { title: titleOf(scene, reason, first), lines: lines.filter(isSaid), items };
  }
  return {
    title: severalTitle(scene, reason, sorted),
    lines: [...listed(scene, items), ...rest],
    items,
  };
}

interface Content {
  readonly reason: LetterReason;
  readonly said: readonly Said[];
  /** How many more they have been told of that are still open. */
  readonly others: number;
}

const isSaid = (line: string): boolean => line !== '';

/** The first few, and how many more there are. */
export function listed(
  { tongue }: Pick<LetterScene, 'tongue'>,
  items: readonly LetterItem[],
): string[] {
  const lines = items.slice(0, MOST_LINES).map(({ line }) => line);
  const left = items.length - lines.length;
  return left > 0 ? [...lines, (tongue === 'zh' ? MORE_ZH : MORE_EN).more(left)] : lines;
}

const MORE_ZH = {
  more: (count: number) => `还有 ${count} 件，见工单列表`,
  others: (count: number) => `另有 ${count} 件尚未办结`,
};
const MORE_EN = {
  more: (count: number) => `and ${count} more, see the list of tickets`,
  others: (count: number) => `${count} more still open`,
};

const WEIGHT: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };
const isEnd = ({ reason }: Said): boolean => reason === 'resolved';
const isIncident = ({ why }: Said): boolean => why === 'flood';
const byWeight = (one: Said, other: Said): number =>
  Number(isEnd(one)) - Number(isEnd(other)) ||
  Number(isIncident(other)) - Number(isIncident(one)) ||
  WEIGHT[one.severity] - WEIGHT[other.severity] ||
  one.since - other.since ||
  (one.id < other.id ? -1 : 1);

export const REASON_WORDS: Readonly<Record<Tongue, Readonly<Record<LetterReason, string>>>> = {
  zh: {
    first: '新',
    grew: '有变化',
    reminder: '提醒',
    resolved: '已恢复',
    'nothing-new': '无变化',
    quiet: '静时汇总',
    flood: '大面积告警',
    outage: '中断后汇总',
    daily: '日报',
    weekly: '周报',
  },
  en: {
    first: 'New',
    grew: 'Changed',
    reminder: 'Reminder',
    resolved: 'Over',
    'nothing-new': 'Nothing new',
    quiet: 'From the quiet hours',
    flood: 'Many at once',
    outage: 'After an outage',
    daily: 'Daily',
    weekly: 'Weekly',
  },
};

const GROWTH_WORDS: Readonly<Record<Tongue, Readonly<Record<Growth, string>>>> = {
  zh: {
    graver: '加重',
    'soon-late': '将超时',
    late: '已超时',
    returned: '退回',
    wider: '扩大',
  },
  en: {
    graver: 'Worse',
    'soon-late': 'Nearly late',
    late: 'Late',
    returned: 'Sent back',
    wider: 'Wider',
  },
};

function wordOf(tongue: Tongue, { reason, why }: Said): string {
  const isGrown = reason === 'grew' && why !== undefined && why !== 'flood';
  return isGrown ? GROWTH_WORDS[tongue][why] : REASON_WORDS[tongue][reason];
}

const SEVERITY_WORDS: Readonly<Record<Tongue, Readonly<Record<Severity, string>>>> = {
  zh: { high: '高', medium: '中', low: '低' },
  en: { high: 'high', medium: 'medium', low: 'low' },
};

function titleOf(scene: LetterScene, reason: LetterReason, said: Said): string {
  const { tongue } = scene;
  const word = reason === said.reason ? wordOf(tongue, said) : REASON_WORDS[tongue][reason];
  const tag = `[${word}·${SEVERITY_WORDS[tongue][said.severity]}]`;
  const since = moment(scene, said.since);
  const name = plain(said.name);
  return tongue === 'zh' ? `${tag} ${name}，${since} 起` : `${tag} ${name}, since ${since}`;
}

function severalTitle(scene: LetterScene, reason: LetterReason, sorted: readonly Said[]): string {
  const { tongue } = scene;
  const [first] = sorted;
  const tag = `[${REASON_WORDS[tongue][reason]}]`;
  const name = plain(first?.name ?? '');
  const since = moment(scene, Math.min(...sorted.map((one) => one.since)) as Instant);
  return tongue === 'zh'
    ? `${tag} ${sorted.length} 件：${name} 等，最早 ${since} 起`
    : `${tag} ${sorted.length} things: ${name} and others, the first since ${since}`;
}

/** One of several: what, and what is asked. */
function lineOf(scene: LetterScene, said: Said): string {
  const { tongue } = scene;
  const word = `${wordOf(tongue, said)}·${SEVERITY_WORDS[tongue][said.severity]}`;
  const parts = [plain(said.name), widthOf(tongue, said), askedOf(scene, said)].filter(isSaid);
  return `[${word}] ${parts.join(tongue === 'zh' ? '，' : ', ')}`;
}

/** How many alarms it stands for, where that is more than the one. */
function widthOf(tongue: Tongue, { ticket, reason, why }: Said): string {
  // The incident that stands for them is none of them.
  const count = (ticket?.alarms.length ?? 0) - (why === 'flood' ? 1 : 0);
  if (count < 2 || reason === 'resolved') return '';
  return tongue === 'zh' ? `${count} 条告警` : `${count} alarms`;
}

/** What the reader is asked to do, and until when. */
function askedOf(scene: LetterScene, { ticket, reason }: Said): string {
  const isZh = scene.tongue === 'zh';
  if (reason === 'resolved') return isZh ? '已办结，无需处理' : 'done, nothing is asked of you';
  if (!ticket) return isZh ? '请查看并确认告警' : 'please look and acknowledge';
  if (ticket.parkedUntil !== undefined)
    return isZh ? '已整改，等传感器确认' : 'mended, its sensor has yet to agree';
  const step = stepBefore(ticket);
  if (step === undefined) return '';
  const verb = STEP_WORDS[scene.tongue][step];
  if (ticket.dueAt === undefined) return isZh ? `请${verb}` : `please ${verb}`;
  const due = moment(scene, ticket.dueAt);
  return isZh ? `请在 ${due} 前${verb}` : `please ${verb} by ${due}`;
}

const STEP_WORDS = {
  zh: { answer: '受理', rectify: '整改', inspect: '督查', 'look-back': '回头看' },
  en: { answer: 'answer it', rectify: 'mend it', inspect: 'inspect it', 'look-back': 'look back' },
} as const;

function factsOf(scene: LetterScene, said: Said): string[] {
  const { ticket, reason } = said;
  if (!ticket || reason === 'resolved') return [];
  const isZh = scene.tongue === 'zh';
  const { escalated, returns, number } = ticket;
  const facts = [
    isZh ? `工单 ${number} 号` : `ticket ${number}`,
    ...(escalated === 'after' ? [isZh ? '已超时' : 'overdue'] : []),
    ...(escalated === 'before' ? [isZh ? '时限已过八成' : 'four fifths of its time are gone'] : []),
    ...(returns > 0 ? [isZh ? `退回 ${returns} 次` : `sent back ${returns}×`] : []),
    widthOf(scene.tongue, said),
  ].filter(isSaid);
  return [facts.join(isZh ? '，' : ', ')];
}

/** By the site's clock: 11-02 10:10. */
function moment({ wall }: LetterScene, at: Instant): string {
  const { date, minute } = wall(at);
  const two = (count: number): string => String(count).padStart(2, '0');
  return `${date.slice(5)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Controls, line ends, and marks that turn the direction of what stands after them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** What people wrote, as a piece of a line. */
export function plain(text: string): string {
  const clean = withoutNumbers(
    text.slice(0, 1000).replace(UNSEEN, ' ').replace(/\s+/gu, ' '),
  ).trim();
  const letters = Array.from(clean.toWellFormed());
  return letters.length <= LONGEST_NAME
    ? letters.join('')
    : `${letters.slice(0, LONGEST_NAME).join('')}…`;
}
