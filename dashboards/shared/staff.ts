// Whom the pages are for. The gateway decides what is answered; this only says it before it is asked.

/** The desk: everybody who may read tickets. */
export const FOR_STAFF = [
  'cleaner',
  'steward',
  'engineer',
  'committee',
  'reviewer',
  'manager',
  'admin',
] as const;

/** The review: those whom the compound's figures are for. */
export const FOR_REVIEW = ['engineer', 'committee', 'reviewer', 'manager', 'admin'] as const;

/** Who prints labels and hangs them up. */
export const FOR_LABELS = ['engineer', 'manager', 'admin'] as const;

/** Who writes on the notice board. */
export const FOR_BOARD = ['committee', 'reviewer', 'manager', 'admin'] as const;

/** Who walks patrols; an admin only looks. */
export const WALKS = [
  'cleaner',
  'steward',
  'engineer',
  'committee',
  'reviewer',
  'manager',
] as const;

/** The rosters, and the stations' screens. */
export const FOR_KEEPERS = ['manager', 'admin'] as const;
