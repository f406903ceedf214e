// Who sits at the joint meeting (三方联动会), and whose turn a ticket is in their eyes.
import type { Ticket } from './ticket.ts';

export const SIDES = ['property', 'committee', 'neighbourhood'] as const;
/** 物业, 业委会, 居委会与街道. */
export type Side = (typeof SIDES)[number];

export const NEXT_STEPS = ['answer', 'rectify', 'inspect', 'look-back', 'rate'] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

export const TURNS = ['team', 'sensor', 'committee', 'reviewer', 'raiser'] as const;
export type Turn = (typeof TURNS)[number];

export interface Standpoint {
  readonly side: Side;
  /** Absent where the ticket has ended. */
  readonly next?: NextStep;
  readonly turn?: Turn;
}

/** Of a ticket that walks the full route. */
export function standpointOf({
  state,
  parkedUntil,
}: Pick<Ticket, 'state' | 'parkedUntil'>): Standpoint {
  switch (state) {
    case 'raised':
      return { side: 'property', next: 'answer', turn: 'team' };
    case 'answered':
      return { side: 'property', next: 'rectify', turn: 'team' };
    case 'rectified':
      return parkedUntil === undefined
        ? { side: 'committee', next: 'inspect', turn: 'committee' }
        : { side: 'property', next: 'inspect', turn: 'sensor' };
    case 'inspected':
      return { side: 'neighbourhood', next: 'look-back', turn: 'reviewer' };
    case 'looked-back':
      return { side: 'neighbourhood', next: 'rate', turn: 'raiser' };
    case 'closed':
    case 'declined':
    case 'merged':
      return { side: 'property' };
  }
}
