// What happens to a ticket because time went by: nobody answered, nobody mended, the sensor has not
// agreed, nobody rated. Each once, at its own instant, whatever the gateway did in between.
import type { Ticket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import { nextDue, type Due } from '../../tickets/deadlines.ts';
import { nextUp } from '../../tickets/routing.ts';
import { escalationInWords } from '../../tickets/wording.ts';
import { sensorWord, unmendedWords } from './sensor-word.ts';
import { machineStep, putTicket, type TicketScene } from './ticket-scene.ts';

export function fallDue(scene: TicketScene, id: string, at: Instant): void {
  const before = scene.standing.tickets.get(id);
  const due = before && nextDue(before);
  if (before && due && due.at <= at)
    putTicket(scene, { before, after: afterDue(scene, before, due) }, at);
}

function afterDue(scene: TicketScene, ticket: Ticket, due: Due): Ticket {
  const { at } = due;
  switch (due.kind) {
    case 'unmended': {
      if (sensorWord(scene, ticket, at).kind === 'agrees')
        return machineStep(ticket, { action: 'verify', at });
      const reason = unmendedWords(scene, ticket, at);
      const by = `sensor ${ticket.asset ?? ''}`.trim();
      return machineStep(ticket, { action: 'return', by, at, body: { reason } });
    }
    case 'unrated':
      return machineStep(ticket, { action: 'close', at });
    case 'escalate': {
      const { to, name } = nextUp(ticket, scene.standing.people);
      const reason = escalationInWords(due.when, name);
      return machineStep(ticket, {
        action: 'escalate',
        at,
        body: { escalated: due.when, to, reason },
      });
    }
  }
}
