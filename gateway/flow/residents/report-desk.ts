// What residents ask of the house: a report taken in, followed by its secret, added to, rated. Photos
// are made anew before anything is written; a command that is then refused has left none behind.
//
//   photos ─▶ made anew ─▶ command ─▶ folded ─▶ photos go to the ticket ─▶ secret told, once
import type { Answer, FollowView, NewReport, ReportsDesk, TakenReport } from '../../api/desk.ts';
import { MOST_PHOTOS, reporterOf, reportIdOf, ticketOf, type Report } from '../../domain/report.ts';
import { spotOf, spotsOf } from '../../domain/spot.ts';
import type { Clock } from '../../domain/time.ts';
import { DEFAULT_WORK, type WorkSettings } from '../../domain/work.ts';
import type { Books, PhotoShelf } from '../../store/log.ts';
import { accept, refuse } from '../command.ts';
import type { Commands } from '../commands.ts';
import { notTaken } from '../evidence/evidence-desk.ts';
import { followView, numberOf, ownPhotos } from './report-view.ts';
import { knownAt } from './report-known.ts';
import { UNSEALED, type Phones } from './report-phones.ts';
import { createHeld, type Held } from './report-held.ts';
import { createPublicRequests } from './report-public.ts';
import { newSecret, secretDigestOf } from './report-secret.ts';
import { iso, type ViewScene } from '../views.ts';

export interface ReportDeskParts {
  readonly scene: Pick<ViewScene, 'compound' | 'standing'>;
  readonly books: Pick<Books, 'happening' | 'happenings' | 'ticket'>;
  readonly commands: Pick<Commands, 'raiseReport' | 'addToReport' | 'rateReport'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly kept: { readonly shelf: PhotoShelf };
  readonly work?: WorkSettings;
  readonly phones?: Phones;
}

export function createReportDesk(parts: ReportDeskParts): ReportsDesk {
  const { scene, commands, clock, kept } = parts;
  const places = placesOf(parts);
  const onceEach = repeats();
  const held = createHeld(parts);
  const view = async (answer: Answer<Held>): Promise<Answer<FollowView>> =>
    answer.ok ? accept(followView({ ...answer.value, now: clock.now() })) : answer;

  return {
    spot: (code) => spotOf(places, code),
    spots: () => spotsOf(places),
    knownAt: (code) => knownAt(scene, code),
    where: () => scene.compound.place,
    report: (report) => onceEach(report.key, () => take(parts, report)),
    follow: async (secret) => view(await held(secret)),
    async addToReport(secret, { words, photos: files }) {
      const found = await held(secret);
      if (!found.ok) return found;
      const { report, ticket } = found.value;
      const shelved = await shelve(kept.shelf, { files, id: report.id, ticket: ticket.id });
      if (!shelved.ok) return shelved;
      const answer = await commands.addToReport(report.id, { words, photos: shelved.value });
      // Refused, or the same a second time, which was answered with what it did the first time.
      const isNamed =
        answer.ok && shelved.value.every((id) => ownPhotos(answer.value).includes(id));
      if (!isNamed) await kept.shelf.drop(shelved.value);
      return answer.ok ? view(await held(secret)) : answer;
    },
    async rateReport(secret, rating) {
      const found = await held(secret);
      if (!found.ok) return found;
      const answer = await commands.rateReport(found.value.report.id, rating);
      return answer.ok ? view(await held(secret)) : answer;
    },
    async reportPhoto(secret, id) {
      const found = await held(secret);
      if (!found.ok) return found;
      const { report, ticket } = found.value;
      const isTheirs = ownPhotos(report).includes(id) || ticket.photos.includes(id);
      const photo = isTheirs ? await kept.shelf.read(id) : undefined;
      return photo ? accept(photo.jpeg) : refuse(404, 'No such photo', 'there is none here');
    },
    ...createPublicRequests(parts),
  };
}

const placesOf = ({ scene, work = DEFAULT_WORK }: ReportDeskParts) => ({
  compound: scene.compound,
  buildings: work.buildings,
});

async function take(parts: ReportDeskParts, report: NewReport): Promise<Answer<TakenReport>> {
  const { commands, kept, phones = UNSEALED } = parts;
  const { photos: files, spot, phone, by: via, key, ...words } = report;
  if (!spotOf(placesOf(parts), spot))
    return refuse(404, 'No such code', 'no label of this site has it');
  const secret = newSecret();
  const secretDigest = secretDigestOf(secret);
  const id = reportIdOf(secretDigest);
  const shelved = await shelve(kept.shelf, { files, id, ticket: `report ${id}` });
  if (!shelved.ok) return shelved;
  const number = phone === undefined || phone === '' ? {} : { phone: phones.seal(phone) };
  const telling = { secretDigest, spot, ...words, via, ...number, photos: shelved.value };
  const answer = await commands.raiseReport({ telling, ...(key !== undefined && { key }) });
  if (!answer.ok) {
    await kept.shelf.drop(shelved.value);
    return answer;
  }
  await kept.shelf.assign(shelved.value, answer.value.ticket);
  return accept(takenView(parts, answer.value, secret));
}

function takenView({ scene }: ReportDeskParts, report: Report, secret: string): TakenReport {
  const { ticket, joined, sensor } = report;
  const dueAt = scene.standing.tickets.get(ticketOf(report))?.dueAt;
  return {
    number: numberOf(report),
    ticket,
    secret,
    ...(joined !== undefined && { joined }),
    ...(dueAt !== undefined && { expectedAt: iso(dueAt) }),
    ...(sensor !== undefined && { sensor }),
  };
}

async function shelve(
  shelf: PhotoShelf,
  sent: { readonly files: readonly Uint8Array[]; readonly id: string; readonly ticket: string },
): Promise<Answer<readonly string[]>> {
  const { files, id, ticket } = sent;
  if (files.length === 0) return accept([]);
  if (files.length > MOST_PHOTOS)
    return refuse(422, 'Too many photos', `${MOST_PHOTOS} at once are enough`);
  const taken = await shelf.take({ files, ticket, by: reporterOf({ id }) });
  return taken.ok ? accept(taken.ids) : notTaken(taken, files.length);
}

/** Attempts that are remembered with their answers, secrets included, and only here. */
const MOST_REMEMBERED = 256;

/** The same attempt again, in a double tap, is answered with what the first one was. */
function repeats() {
  const answers = new Map<string, Promise<Answer<TakenReport>>>();
  return (
    key: string | undefined,
    take: () => Promise<Answer<TakenReport>>,
  ): Promise<Answer<TakenReport>> => {
    if (key === undefined) return take();
    const known = answers.get(key);
    if (known) return known;
    const answer = take();
    answers.set(key, answer);
    if (answers.size > MOST_REMEMBERED) answers.delete(answers.keys().next().value ?? '');
    const forget = (): void => void answers.delete(key);
    void answer.then(({ ok }) => ok || forget(), forget); // whoever asked hears of it
    return answer;
  };
}
