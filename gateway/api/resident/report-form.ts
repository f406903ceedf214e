// The form behind a printed code, empty or as it comes back with its mistakes: everything that was
// typed stands in it again. It is a plain form; the script (dashboards/resident) only makes it kinder.
import type { Spot } from '../../domain/spot.ts';
import { html, said, type Html } from './html.ts';
import { pageOf, telephone, type Around } from './layout.ts';
import { tiles } from './tiles.ts';
import { tongueIn, type Words } from './words.ts';
import type { Mistake } from './words-zh.ts';

export const LONGEST_WORDS = 2000;
export const MOST_PHOTOS = 3;

/** As it was typed, whatever it is. */
export interface Filled {
  readonly category: string;
  readonly kind: string;
  readonly words: string;
  readonly phone: string;
}

export const EMPTY: Filled = { category: '', kind: 'fault', words: '', phone: '' };

export interface Entry {
  readonly title: string;
  readonly when?: string;
  readonly words?: string;
}

export interface ReportForm {
  readonly spot: Spot;
  readonly filled: Filled;
  readonly token: string;
  readonly mistakes: readonly Mistake[];
  /** Photos were sent with it, and have to be chosen anew. */
  readonly hadPhotos: boolean;
  readonly known: readonly string[];
  readonly board: readonly Entry[];
}

export function reportPage(around: Around, form: ReportForm): Html {
  const { words } = around;
  const { report } = words;
  return pageOf(around, {
    title: `${report.title} · ${form.spot.name}`,
    body: html`<main>
      <h1><span class="where">${report.where}</span> ${said(form.spot.name)}</h1>
      ${wrong(form, words)} ${knownHere(form, words)}
      <form
        method="post"
        enctype="multipart/form-data"
        action="${around.path}${tongueIn(words)}"
        data-draft="${form.spot.code}"
        data-words="${JSON.stringify(words.script)}"
        ${around.phone !== undefined && html`data-phone="${around.phone}"`}
        ${form.hadPhotos && 'data-again'}
      >
        <input type="hidden" name="token" value="${form.token}" />
        ${photoFields(words)}
        <fieldset>
          <legend>${report.what}</legend>
          ${tiles(form.spot, words, form.filled.category)}
        </fieldset>
        ${kinds(form.filled, words)} ${ownWords(form, words)}
        <p class="small">${report.privacy}</p>
        <button class="main" type="submit">${report.submit}</button>
        <p class="small" data-state role="status"></p>
      </form>
      ${telephone(around.phone, report.call)} ${board(form, words)}
    </main>`,
  });
}

function wrong({ mistakes, hadPhotos }: ReportForm, words: Words): Html | false {
  if (mistakes.length === 0) return false;
  return html`<div class="wrong" role="alert" tabindex="-1" id="wrong">
    <h2>${words.report.wrong}</h2>
    <ul>
      ${mistakes.map((mistake) => html`<li>${words.mistakes[mistake]}</li>`)}
      ${hadPhotos && html`<li data-again>${words.report.again}</li>`}
    </ul>
  </div>`;
}

const knownHere = ({ known }: ReportForm, words: Words): Html | false =>
  known.length > 0 &&
  html`<section class="known">
    <h2>${words.report.known}</h2>
    <ul>
      ${known.map((one) => html`<li>${one}</li>`)}
    </ul>
  </section>`;

/** The camera at once, or what was taken before; both under one name. */
export const photoFields = ({ report }: Words): Html =>
  html`<fieldset class="photos">
    <legend>${report.photos}</legend>
    <div class="picks">
      <label class="pick"
        ><span>${report.camera}</span
        ><input type="file" name="photo" accept="image/*" capture="environment"
      /></label>
      <label class="pick"
        ><span>${report.album}</span><input type="file" name="photo" accept="image/*" multiple
      /></label>
    </div>
    <p class="small">${report.photosHint}</p>
    <ul class="shots" data-shots></ul>
  </fieldset>`;

const kinds = (filled: Filled, { report }: Words): Html =>
  html`<fieldset class="kinds">
    <legend>${report.kind}</legend>
    ${(['fault', 'suggestion'] as const).map(
      (kind) =>
        html`<label class="choice"
          ><input type="radio" name="kind" value="${kind}" ${kind === filled.kind && 'checked'} />
          <span>${report[kind]}</span></label
        >`,
    )}
  </fieldset>`;

const ownWords = ({ filled }: ReportForm, { report }: Words): Html =>
  html`<label class="field"
      ><span>${report.words} <small>${report.wordsHint}</small></span>
      ${writing('words', filled.words)}</label
    >
    <label class="field"
      ><span>${report.phone}</span>
      <input type="tel" name="phone" autocomplete="tel" dir="ltr" value="${filled.phone}"
    /></label>
    <label class="trap" aria-hidden="true"
      >${report.empty}<input type="text" name="website" tabindex="-1" autocomplete="off"
    /></label>`;

/** Its first line feed is the tag's own; a second one is the writer's. */
export const writing = (name: string, words: string): Html =>
  html`<textarea name="${name}" rows="4" dir="auto" maxlength="${LONGEST_WORDS}">
${words}</textarea>`;

const board = ({ board: entries }: ReportForm, words: Words): Html | false =>
  entries.length > 0 &&
  html`<section class="board">
    <h2>${words.report.board}</h2>
    <ul>
      ${entries.map(
        ({ title, when, words: text }) =>
          html`<li>
            <b>${said(title)}</b> ${when !== undefined && html`<small>${when}</small>`}
            ${text !== undefined && html`<p dir="auto">${text}</p>`}
          </li>`,
      )}
    </ul>
  </section>`;
