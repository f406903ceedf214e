// The page behind a resident's own link: the number, how far it has come, what was answered, and the
// two things that may be done from here: adding to it, and rating it once it is done.
import { FOLLOW_STEPS, type FollowView } from '../desk-reports.ts';
import { html, said, type Html } from './html.ts';
import { pageOf, telephone, type Around } from './layout.ts';
import { photoFields, writing } from './report-form.ts';
import { sensorSays } from './sensor-says.ts';
import { tongueIn, type Words } from './words.ts';
import type { Met, Mistake } from './words-zh.ts';

export interface Following {
  readonly view: FollowView;
  /** In words: an instant of the view, in the site's zone. */
  readonly moment: (iso: string) => string;
  readonly now: string;
  /** Came right from the form. */
  readonly isNew: boolean;
  readonly mistakes: readonly Mistake[];
  /** What was typed and not taken. */
  readonly typed: { readonly words?: string; readonly note?: string; readonly stars?: string };
}

export function followPage(around: Around, following: Following): Html {
  const { words, path, phone } = around;
  const { view, isNew, mistakes } = following;
  return pageOf(around, {
    title: `${view.number} · ${words.follow.title}`,
    body: html`<main data-follow="${path}${tongueIn(words)}">
      ${
        mistakes.length > 0 &&
        html`<div class="wrong" role="alert" tabindex="-1" id="wrong">
          <ul>
            ${mistakes.map((mistake) => html`<li>${words.mistakes[mistake]}</li>`)}
          </ul>
        </div>`
      }
      ${isNew && html`<p class="sent" role="status">${words.follow.sent}</p>`}
      <div data-live>${standing(following, around)}</div>
      ${rating(following, around)} ${adding(following, around)}
      ${telephone(phone, words.report.call)}
    </main>`,
  });
}

function standing(following: Following, { words, path }: Around): Html {
  const { view, moment } = following;
  const { follow } = words;
  return html`<h1 class="number"><span>${follow.number}</span> <strong>${view.number}</strong></h1>
    <p class="state">${words.states[view.state]}</p>
    ${dots(following, words)} ${expectation(following, words)}
    ${view.sensor && html`<p class="sensor" dir="auto">${sensorSays(view.sensor, words)}</p>`}
    ${view.neighbours > 0 && html`<p>${follow.joined(view.neighbours)}</p>`}
    ${view.points !== undefined && html`<p>${follow.points(view.points)}</p>`}
    ${view.stars !== undefined && html`<p>${follow.rated(view.stars)}</p>`}
    <p class="small">${follow.keep}</p>
    <p><a class="again" href="${path}${tongueIn(words)}">${follow.refresh}</a></p>
    <section>
      <h2>${follow.answers}</h2>
      ${view.answers.length === 0 && html`<p class="small">${follow.noAnswers}</p>`}
      <ul class="answers">
        ${view.answers.map(
          ({ at, words: answer }) =>
            html`<li>
              <small>${moment(at)}</small>
              <p dir="auto">${answer}</p>
            </li>`,
        )}
      </ul>
    </section>
    ${pictures(view.photos.work, follow.workPhotos, { words, path })}
    ${own(following, { words, path })}`;
}

function dots({ view, moment }: Following, words: Words): Html {
  const reached = new Map(view.steps.map(({ step, at }) => [step, at]));
  return html`<ol class="dots">
    ${FOLLOW_STEPS.map((step) => {
      const at = reached.get(step);
      return html`<li class="${at === undefined ? 'dot' : 'dot dot--reached'}">
        <b>${words.steps[step]}</b>
        <small>${at === undefined ? words.follow.notYet : moment(at)}</small>
      </li>`;
    })}
  </ol>`;
}

function expectation({ view, moment, now }: Following, { follow }: Words): Html | false {
  const { expectedAt, state } = view;
  if (expectedAt === undefined || !['open', 'waiting'].includes(state)) return false;
  const isLate = Date.parse(expectedAt) < Date.parse(now);
  const when = moment(expectedAt);
  return html`<p class="expected">${isLate ? follow.late(when) : follow.expected(when)}</p>`;
}

function own({ view, moment }: Following, around: Pick<Around, 'words' | 'path'>): Html {
  const { follow, met } = around.words;
  return html`<section>
      <h2>${follow.yours}</h2>
      <p>
        ${said(view.place)} · ${met[view.category as Met] ?? met.other} · ${follow[view.kind]}<br />
        <small>${follow.at} ${moment(view.reportedAt)}</small>
      </p>
      ${view.words !== '' && html`<p class="quote" dir="auto">${view.words}</p>`}
    </section>
    ${pictures(view.photos.own, follow.ownPhotos, around)}`;
}

const pictures = (
  ids: readonly string[],
  title: string,
  { words, path }: Pick<Around, 'words' | 'path'>,
): Html | false =>
  ids.length > 0 &&
  html`<section>
    <h2>${title}</h2>
    <ul class="pictures">
      ${ids.map((id, place) => {
        const address = `${path}/photos/${encodeURIComponent(id)}`;
        return html`<li>
          <a href="${address}"
            ><img src="${address}" alt="${words.follow.photo(place + 1)}" loading="lazy"
          /></a>
        </li>`;
      })}
    </ul>
  </section>`;

function rating(following: Following, { words, path }: Around): Html | false {
  const { view, typed } = following;
  const { follow } = words;
  if (!view.mayRate && !view.mayReopen) return false;
  return html`<form
    method="post"
    enctype="multipart/form-data"
    action="${path}/rating${tongueIn(words)}"
  >
    ${view.mayRate ? stars(following, words) : html`<h2>${follow.notMended}</h2>`}
    <label class="field"
      ><span>${view.mayRate ? follow.note : follow.why}</span>${writing(
        'note',
        typed.note ?? '',
      )}</label
    >
    ${
      view.mayRate &&
      view.mayReopen &&
      html`<label class="choice"
        ><input type="checkbox" name="reopen" value="yes" /><span>${follow.reopen}</span></label
      >`
    }
    ${
      view.mayRate
        ? html`<button class="main" type="submit">${follow.rateSubmit}</button>`
        : html`<button type="submit" name="reopen" value="yes">${follow.reopen}</button>`
    }
  </form>`;
}

const stars = ({ typed }: Following, { follow }: Words): Html =>
  html`<fieldset>
    <legend>${follow.rate}</legend>
    <div class="stars">
      ${[1, 2, 3, 4, 5].map(
        (count) =>
          html`<label class="choice"
            ><input
              type="radio"
              name="stars"
              value="${count}"
              ${typed.stars === String(count) && 'checked'}
            />
            <span><b>${count}</b> ${follow.star(count)}</span></label
          >`,
      )}
    </div>
  </fieldset>`;

const adding = ({ view, typed }: Following, { words, path, phone }: Around): Html | false =>
  view.mayAdd &&
  html`<form
    method="post"
    enctype="multipart/form-data"
    action="${path}/more${tongueIn(words)}"
    data-words="${JSON.stringify(words.script)}"
    ${phone !== undefined && html`data-phone="${phone}"`}
  >
    <h2>${words.follow.add}</h2>
    <label class="field"
      ><span>${words.report.words} <small>${words.report.wordsHint}</small></span
      >${writing('words', typed.words ?? '')}</label
    >
    ${photoFields(words)}
    <button type="submit">${words.follow.addSubmit}</button>
    <p class="small" data-state role="status"></p>
  </form>`;
