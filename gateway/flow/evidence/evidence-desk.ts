// What was done and what speaks for it, as the API asks for it; and photos on their way to a ticket:
// made and kept first, then named by a command that may still be refused, and dropped where it is.
import type { Answer, Desk, EvidenceDesk, NewPhotos } from '../../api/desk.ts';
import type { AuditEntryView, EvidenceView, TicketView } from '../../api/schemas.ts';
import type { AuditRow } from '../../domain/audit.ts';
import type { Evidence, Samples } from '../../domain/evidence.ts';
import { isPhotoId, type PhotoRefusal } from '../../domain/photo.ts';
import { QUANTITIES, type Quantity } from '../../domain/quantity.ts';
import type { Latest } from '../../domain/standing.ts';
import { instant, type Instant } from '../../domain/time.ts';
import type { AuditBook, EvidenceBook, PhotoShelf, TakenPhotos } from '../../store/log.ts';
import { iso } from '../views.ts';

export interface Kept {
  readonly audit: AuditBook;
  readonly evidence: EvidenceBook;
  readonly shelf: PhotoShelf;
}

interface EvidenceDeskParts extends Kept {
  readonly ticketAction: Desk['ticketAction'];
}

export function createEvidenceDesk(parts: EvidenceDeskParts): EvidenceDesk {
  const { audit, evidence, shelf } = parts;
  return {
    async audit({ from, to, limit = ENTRIES_WANTED, ...query }) {
      const span = { from: momentOf(from), to: momentOf(to) };
      if (span.from === 'unreadable' || span.to === 'unreadable') {
        return refuse(422, 'No such moment', 'from and to are ISO 8601 with their zone');
      }
      const edges = {
        ...(span.from !== undefined && { from: span.from }),
        ...(span.to !== undefined && { to: span.to }),
      };
      const entries = await audit.entries({ ...query, ...edges, limit });
      return accept({ head: await audit.head(), entries: entries.map(entryView) });
    },
    async evidence(alarm) {
      const found = await evidence.of(alarm);
      return found
        ? accept(evidenceView(found))
        : refuse(404, 'No evidence', `nothing was frozen of an alarm ${alarm}`);
    },
    addPhotos: (photos) => addPhotos(parts, photos),
    async photo(id) {
      const found = isPhotoId(id) ? await shelf.read(id) : undefined;
      if (!found) return refuse(404, 'No such photo', 'there is no photo of that name any more');
      return accept({ ticket: found.photo.ticket, jpeg: found.jpeg });
    },
  };
}

const ENTRIES_WANTED = 100;

const accept = <T>(value: T): Answer<T> => ({ ok: true, value });
const refuse = (status: 404 | 409 | 422 | 503, title: string, detail: string): Answer<never> => ({
  ok: false,
  status,
  title,
  detail,
});

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[ +-]\d\d:\d\d)$/i;

function momentOf(text: string | undefined): Instant | 'unreadable' | undefined {
  if (text === undefined) return undefined;
  // A plus sign in an address stands for a space unless it is escaped, which people forget.
  const moment = ISO_8601.test(text) ? Date.parse(text.replace(' ', '+')) : Number.NaN;
  return Number.isNaN(moment) ? 'unreadable' : instant(moment);
}

const entryView = ({ at, place: _place, detail, ...entry }: AuditRow): AuditEntryView => ({
  ...entry,
  at: iso(at),
  detail: JSON.parse(detail) as unknown,
});

const WHY: Readonly<Record<PhotoRefusal, readonly [422 | 503, string]>> = {
  heic: [422, 'HEIC is not taken: let the phone save photos as JPEG (“most compatible”)'],
  'not-a-photo': [422, 'it is no JPEG, PNG or WebP, whatever its name says'],
  broken: [422, 'it is cut off or damaged'],
  'too-many-pixels': [422, 'it has more than 40 million pixels'],
  'too-many-today': [422, 'that is more than one person may send in a day'],
  'disk-low': [503, 'the disk has no room for photos; readings and tickets go on'],
};

/** @param of so many that were sent at once */
export function notTaken(
  { reason, file }: Extract<TakenPhotos, { ok: false }>,
  of: number,
): Extract<Answer<never>, { ok: false }> {
  const [status, why] = WHY[reason];
  const which = of > 1 ? `photo ${file + 1}: ` : '';
  return { ok: false, status, title: 'Not taken', detail: which + why, reason };
}

async function addPhotos(
  { shelf, ticketAction }: EvidenceDeskParts,
  { files, note, ...ask }: NewPhotos,
): Promise<Answer<TicketView>> {
  const taken = await shelf.take({ files, ticket: ask.id, by: ask.actor.by });
  if (!taken.ok) return notTaken(taken, files.length);
  const body = { photos: taken.ids, ...(note !== undefined && { note }) };
  const answer = await ticketAction({ ...ask, action: 'photo', body });
  const isNamed = answer.ok && taken.ids.every((id) => answer.value.photos.includes(id));
  // Refused, or the same attempt a second time, which was answered with what it did the first time.
  if (!isNamed) await shelf.drop(taken.ids);
  return answer;
}

function evidenceView(evidence: Evidence): EvidenceView {
  const { raisedAt, device, latest, before, after, due, rule, quantity, ...rest } = evidence;
  const unit = quantity === undefined ? '' : QUANTITIES[quantity].unit;
  return {
    ...rest,
    raisedAt: iso(raisedAt),
    ...(quantity !== undefined && { quantity }),
    ...(rule && { rule: { ...rule } }),
    ...(device && { device: deviceThen(device) }),
    latest: (Object.entries(latest) as [Quantity, Latest][]).map(latestThen),
    ...(before && { before: samplesView(before, unit) }),
    ...(after && { after: samplesView(after, unit) }),
    state: due === undefined ? 'whole' : 'open',
  };
}

const deviceThen = ({
  id,
  link,
  lag,
  laggingSince,
  heardAt,
}: NonNullable<Evidence['device']>): NonNullable<EvidenceView['device']> => ({
  id,
  ...(link && { link }),
  ...(lag !== undefined && { lagS: lag / 1000 }),
  ...(laggingSince !== undefined && { laggingSince: iso(laggingSince) }),
  ...(heardAt !== undefined && { heardAt: iso(heardAt) }),
});

const latestThen = ([quantity, { value, observedAt, doubt }]: [Quantity, Latest]) => ({
  quantity,
  value,
  unit: QUANTITIES[quantity].unit,
  observedAt: iso(observedAt),
  ...(doubt && { doubt }),
});

const samplesView = ({ takenAt, taken, step, points }: Samples, unit: string) => ({
  takenAt: iso(takenAt),
  taken,
  unit,
  stepS: step / 1000,
  points: points.map(([at, min, mean, max, count]): [number, number, number, number, number] => [
    at,
    min,
    mean,
    max,
    count,
  ]),
});
