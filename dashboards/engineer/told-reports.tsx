// What residents told of a ticket: their words as they wrote them, their photos, and for whoever may call
// back their telephone. Only who reads this one ticket is told; the stream of all tickets carries none of it.
import type { TicketView } from '../../gateway/api/schemas.ts';
import { photoPath } from './photos.tsx';
import type { Sight } from './sight.ts';
import './told-reports.css';

type Reports = NonNullable<TicketView['reports']>;

export function ToldReports({ reports, sight }: { reports: Reports; sight: Sight }) {
  if (reports.length === 0) return null;
  return (
    <section aria-labelledby="reports">
      <h2 id="reports" class="section section--small">
        {sight.words.work.told.title(reports.length)}
      </h2>
      <ol class="told">
        {reports.map((report, place) => (
          <Told key={place} report={report} sight={sight} />
        ))}
      </ol>
    </section>
  );
}

function Told({ report, sight }: { report: Reports[number]; sight: Sight }) {
  const { words, format, now } = sight;
  const { at, kind, phone, sensor, additions } = report;
  return (
    <li class="told__one">
      <p class="told__when">
        {words.work.told.kind[kind]} · {format.since(Date.parse(at), now)}
      </p>
      <Words {...report} sight={sight} />
      {sensor && (
        <p class="told__when" dir="auto">
          {words.work.told.sensor(
            words.work.told.says[sensor.says](sensor.name),
            sensor.quantity === 'on' ? '' : format.exact(sensor.quantity, sensor.value),
            format.duration(sensor.ageS),
          )}
        </p>
      )}
      {additions.map((addition, place) => (
        <div key={place} class="told__more">
          <p class="told__when">
            {words.work.told.more} · {format.since(Date.parse(addition.at), now)}
          </p>
          <Words {...addition} sight={sight} />
        </div>
      ))}
      {phone && (
        <a class="told__phone" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
          {words.work.told.call} {phone}
        </a>
      )}
    </li>
  );
}

interface WordsProps {
  readonly words: string;
  readonly photos: readonly string[];
  readonly sight: Sight;
}

function Words({ words, photos, sight }: WordsProps) {
  return (
    <>
      <p class="told__words" dir="auto">
        {words}
      </p>
      {photos.length > 0 && (
        <ul class="photos">
          {photos.map((id, place) => (
            <li key={id}>
              <a href={photoPath(id)} target="_blank" rel="noreferrer">
                <img
                  class="photos__one"
                  src={photoPath(id)}
                  alt={sight.words.work.photo.alt(place + 1)}
                  loading="lazy"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
