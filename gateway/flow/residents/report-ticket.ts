// The ticket that a report opens or joins, and what its sensor says beside it. Pure but for the scene.
import { withoutNumbers } from '../../domain/audit.ts';
import type { Severity } from '../../domain/alarm.ts';
import type { Spot } from '../../domain/spot.ts';
import { isOpen, type Category, type Ticket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import { routeOf } from '../../domain/work.ts';
import { subjectInWords } from '../../rules/wording.ts';
import { openTicket } from '../../tickets/ticket-book.ts';
import { titleOf } from '../../tickets/wording.ts';
import { sensorInWords, type AssetWord } from './report-sensor.ts';
import {
  buildingOf,
  chargeNow,
  machineStep,
  nextNumber,
  putTicket,
  type TicketScene,
} from '../tickets/ticket-scene.ts';

export interface Reported {
  readonly spot: Spot;
  readonly category: Category;
  readonly kind: 'fault' | 'suggestion';
  readonly words: string;
  /** Who told it, as history says it. */
  readonly by: string;
  readonly at: Instant;
  readonly key?: string;
}

/** Where somebody may come to harm before the morning. */
const GRAVE: readonly Category[] = [
  'electricity',
  'manhole',
  'fire-lane-blocked',
  'fire-equipment',
  'flying-wire-charging',
  'lift',
];
const SLIGHT: readonly Category[] = ['ads', 'greenery', 'parking', 'noise', 'other'];

export function severityOf({ category, kind }: Pick<Reported, 'category' | 'kind'>): Severity {
  if (kind === 'suggestion' || SLIGHT.includes(category)) return 'low';
  return GRAVE.includes(category) ? 'high' : 'medium';
}

export function openByReport(scene: TicketScene, told: Reported): Ticket {
  const { spot, category, kind, at } = told;
  const isIdea = kind === 'suggestion';
  const isAsset = spot.kind === 'lamp' || spot.kind === 'meter';
  const building = buildingAt(scene, spot);
  const charged = chargeNow(
    scene,
    { category, building, ...(isIdea && { team: 'managers' as const }) },
    at,
  );
  return putTicket(
    scene,
    {
      after: openTicket({
        number: nextNumber(scene),
        category,
        route: routeOf(scene.work, category, 'person'),
        ...charged,
        severity: severityOf(told),
        ...(isAsset && { asset: spot.code }),
        ...(building !== undefined && { building }),
        place: spot.name,
        title: isIdea ? `建议：${titleOf(category, spot.name)}` : titleOf(category, spot.name),
        ...(isIdea && { suggestion: true as const }),
        raisedBy: told.by,
        role: 'resident',
        at,
        note: withoutNumbers(told.words),
      }),
    },
    at,
  );
}

function buildingAt(scene: TicketScene, { kind, code }: Spot): string | undefined {
  if (kind === 'building') return code;
  return kind === 'station' ? scene.compound.stations.get(code)?.building : buildingOf(scene, code);
}

/** Lays the sensor's word beside it; where that speaks against it, the sensor is looked at too. */
export function layBeside(
  scene: TicketScene,
  { ticket, word }: { readonly ticket: Ticket; readonly word: AssetWord },
  at: Instant,
): void {
  const check = word.stance === 'against' ? sensorTicket(scene, { ticket, word }, at) : undefined;
  const said = sensorInWords(word.word);
  const reason = check ? `${said}；与报修不符，传感器也要检查：${check.id}` : said;
  const after = machineStep(ticket, { action: 'comment', at, body: { text: reason } });
  if (after !== ticket) putTicket(scene, { before: ticket, after }, at);
}

function sensorTicket(
  scene: TicketScene,
  { ticket, word }: { readonly ticket: Ticket; readonly word: AssetWord },
  at: Instant,
): Ticket {
  const { id: asset } = word.asset;
  for (const [, known] of scene.standing.tickets.all()) {
    if (known.category === 'sensor' && known.asset === asset && isOpen(known)) return known;
  }
  const place = subjectInWords(scene.compound, asset);
  const building = buildingOf(scene, asset);
  const after = openTicket({
    number: nextNumber(scene),
    category: 'sensor',
    route: routeOf(scene.work, 'sensor', 'machine'),
    ...chargeNow(scene, { category: 'sensor', building, team: 'engineers' }, at),
    severity: 'low',
    asset,
    ...(building !== undefined && { building }),
    place,
    title: titleOf('sensor', place),
    raisedBy: 'gateway',
    role: 'gateway',
    at,
    note: `${sensorInWords(word.word)}；居民报修与此不符：${ticket.id}`,
  });
  return putTicket(scene, { after }, at);
}
