// The pages for when there is nothing to show: a code of no label, a link of no report, a house that
// is broken. They say whom to call, and nothing that would help to guess.
import { html } from './html.ts';
import { pageOf, telephone, type Around } from './layout.ts';
import type { Html } from './html.ts';

export function nonePage(around: Around, which: 'spot' | 'link' | 'broken'): Html {
  const { none } = around.words;
  const title = none[`${which}Title`];
  return pageOf(around, {
    title,
    body: html`<main class="none">
      <h1>${title}</h1>
      <p>${none[which]}</p>
      ${telephone(around.phone, none.call)}
    </main>`,
  });
}
