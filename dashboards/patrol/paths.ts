// Where the gateway keeps what the rounds show and change.
export const PATROLS = '/api/v1/patrols';
export const ROUNDS = '/api/v1/rounds';
export const MY_ROUNDS = `${ROUNDS}?state=under-way&of=me`;
export const BAG_COUNTS = '/api/v1/bag-counts';
export const roundPath = (id: string): string => `${ROUNDS}/${encodeURIComponent(id)}`;
export const photosPath = (ticket: string): string =>
  `/api/v1/tickets/${encodeURIComponent(ticket)}/photos`;

export const ROUTES_PAGE = '/patrol';
export const roundPage = (id: string): string => `${ROUTES_PAGE}/round/${encodeURIComponent(id)}`;
