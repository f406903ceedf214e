// Where the gateway keeps what these pages show and change.
const one = (folder: string, id: string): string => `${folder}/${encodeURIComponent(id)}`;

export const PEOPLE = '/api/v1/people';
export const personPath = (id: string): string => one(PEOPLE, id);
export const passwordPath = (id: string): string => `${personPath(id)}/password`;
export const statePath = (id: string, state: 'disable' | 'enable'): string =>
  `${personPath(id)}/${state}`;

export const reachPath = (id: string): string => `${personPath(id)}/reach`;

export const TOKENS = '/api/v1/tokens';
export const ALL_TOKENS = `${TOKENS}?of=all`;
export const tokenPath = (id: string): string => one(TOKENS, id);
export const KEYS = '/api/v1/keys';
export const PAIR_DISPLAY = '/api/v1/displays/pair';
