// Residents' reports by hand: one follow view for each secret, changed as a test likes. It keeps the
// desk's contract (the same key is the same report, a secret that nobody has is 404).
import type { Answer } from '../../gateway/api/desk.ts';
import type {
  FollowView,
  NewReport,
  ReportsDesk,
  TakenReport,
} from '../../gateway/api/desk-reports.ts';
import type { Spot } from '../../gateway/domain/spot.ts';

type Refusal = Extract<Answer<never>, { ok: false }>;

export interface HandReports extends ReportsDesk {
  readonly reported: NewReport[];
  /** What a secret shows from now on. */
  follows(secret: string, change: Partial<FollowView>): void;
  /** Every report from now on is refused like this; with nothing, they are taken again. */
  refuseReports(refusal?: Omit<Refusal, 'ok'>): void;
}

export const SPOTS: readonly Spot[] = [
  { code: 'k1', kind: 'station', name: '1号投放点' },
  { code: 'lamp-07', kind: 'lamp', name: '7号庭院灯' },
  { code: 'water-main', kind: 'meter', name: '总表' },
  { code: 'b3', kind: 'building', name: '3号楼' },
];

const NOBODY: Refusal = { ok: false, status: 404, title: 'No such report', detail: 'none' };
const REPORTED_AT = '2026-11-20T10:20:00.000Z';
export const secretOf = (number: number): string => `${number}`.padStart(22, 'secret-');

export function handReports(): HandReports {
  const reported: NewReport[] = [];
  const views = new Map<string, FollowView>();
  const taken = new Map<string, TakenReport>();
  const photos = new Map<string, Uint8Array>();
  let refusal: Refusal | undefined;

  const keep = (files: readonly Uint8Array[]): string[] =>
    files.map((bytes) => {
      const id = String(photos.size).padStart(32, '0');
      photos.set(id, bytes);
      return id;
    });
  const changed = (secret: string, change: (view: FollowView) => FollowView) => {
    const view = views.get(secret);
    if (!view) return NOBODY;
    const next = change(view);
    views.set(secret, next);
    return { ok: true as const, value: next };
  };

  return {
    reported,
    follows: (secret, change) => void changed(secret, (view) => ({ ...view, ...change })),
    refuseReports: (how) => {
      refusal = how && { ok: false, ...how };
    },
    where: () => ({ latitude: 31.08, longitude: 121.39 }),
    spots: () => [...SPOTS],
    knownAt: (code) =>
      [...views.values()]
        .filter(({ place, state }) => place === nameOf(code) && state === 'open')
        .map(({ category, neighbours, expectedAt }) => ({
          category,
          neighbours: neighbours + 1,
          ...(expectedAt !== undefined && { expectedAt }),
        })),
    publicRequests: async () => [],
    publicRequest: async () => NOBODY,
    spot: (code) => SPOTS.find((spot) => spot.code === code),
    async report(report) {
      const before = taken.get(report.key ?? '');
      if (before) return { ok: true, value: before };
      if (refusal) return refusal;
      reported.push(report);
      const number = 41 + reported.length;
      const answer = { number, ticket: `t-${number}`, secret: secretOf(number) };
      const own = keep(report.photos);
      views.set(answer.secret, viewOf(report, number, own));
      if (report.key !== undefined) taken.set(report.key, answer);
      return { ok: true, value: answer };
    },
    follow: async (secret) => changed(secret, (view) => view),
    addToReport: async (secret, more) => {
      const own = keep(more.photos);
      return changed(secret, (view) => ({
        ...view,
        words: `${view.words}\n${more.words}`.trim(),
        photos: { ...view.photos, own: [...view.photos.own, ...own] },
      }));
    },
    rateReport: async (secret, { stars, reopen }) =>
      changed(secret, (view) => ({
        ...view,
        stars,
        mayRate: false,
        mayReopen: false,
        state: reopen ? 'open' : 'closed',
      })),
    async reportPhoto(secret, id) {
      const bytes = views.has(secret) ? photos.get(id) : undefined;
      return bytes ? { ok: true, value: bytes } : NOBODY;
    },
  };
}

const nameOf = (code: string): string | undefined => SPOTS.find((spot) => spot.code === code)?.name;

const viewOf = (report: NewReport, number: number, own: readonly string[]): FollowView => ({
  number,
  place: nameOf(report.spot) ?? '',
  category: report.category,
  severity: 'medium',
  kind: report.kind,
  words: report.words,
  reportedAt: REPORTED_AT,
  steps: [{ step: 'received', at: REPORTED_AT }],
  state: 'open',
  expectedAt: '2026-11-20T12:20:00.000Z',
  answers: [],
  photos: { own, work: [] },
  neighbours: 0,
  mayAdd: true,
  mayRate: false,
  mayReopen: false,
});
