import type { TicketView } from '../../gateway/api/schemas.ts';
import type { Sight } from './sight.ts';

/** The photos of a ticket, each opening large. */
export function Photos({ ticket, sight: { words } }: { ticket: TicketView; sight: Sight }) {
  if (ticket.photos.length === 0) return null;
  return (
    <section aria-labelledby="photos">
      <h2 id="photos" class="section section--small">
        {words.work.photo.title}
      </h2>
      <ul class="photos">
        {ticket.photos.map((id, place) => (
          <li key={id}>
            <a href={photoPath(id)} target="_blank" rel="noreferrer">
              <img
                class="photos__one"
                src={photoPath(id)}
                alt={words.work.photo.alt(place + 1)}
                loading="lazy"
              />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

export const photoPath = (id: string): string => `/api/v1/photos/${encodeURIComponent(id)}`;
