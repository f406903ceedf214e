// What was thrown in and taken away, as it was put here; what is asked to be done on site is noted.
import type { OnSiteAsk, WeighedDesk, WeighedQuery } from '../../gateway/api/desk.ts';
import type { OnSiteView, WeighedView } from '../../gateway/api/schemas.ts';

export function handWeighed() {
  const told: { weighed: WeighedView[]; history: OnSiteView[] } = { weighed: [], history: [] };
  const queries: WeighedQuery[] = [];
  const onSiteAsks: OnSiteAsk[] = [];
  const desk: WeighedDesk = {
    async weighed(query) {
      queries.push(query);
      return { ok: true, value: told.weighed };
    },
    place: (asset) => ({ ok: true, value: { asset, state: 'in-service' } }),
    async onSite(ask) {
      onSiteAsks.push(ask);
      return { ok: true, value: { asset: ask.id, state: 'in-service' } };
    },
    placeHistory: async () => ({ ok: true, value: told.history }),
  };
  return { desk, told, queries, onSiteAsks };
}
