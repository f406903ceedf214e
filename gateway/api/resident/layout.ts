// What every page for residents has around it: the head, the toggle of tongues, the telephone. No page
// has a script or a style within it; the policy forbids both (send.ts).
import { html, type Html } from './html.ts';
import { otherTongue, type Words } from './words.ts';

/** Where Vite put them; without them a page is plain and works. */
export interface Look {
  readonly style?: string;
  readonly script?: string;
  readonly icon?: string;
}

/** What all pages of one answer know. */
export interface Around {
  readonly words: Words;
  readonly look: Look;
  /** The compound, as people call it. */
  readonly site: string;
  /** The way without internet. */
  readonly phone: string | undefined;
  /** Where every reading is made up. */
  readonly simulated: boolean;
  /** The page's own path, which the toggle of tongues leads to; never an action's. */
  readonly path: string;
}

export interface Page {
  readonly title: string;
  readonly body: Html;
}

export const pageOf = ({ words, look, site, path, simulated }: Around, page: Page): Html =>
  html`<!doctype html>
    <html lang="${words.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title}</title>
        ${look.icon !== undefined && html`<link rel="icon" href="${look.icon}" />`}
        ${look.style !== undefined && html`<link rel="stylesheet" href="${look.style}" />`}
        ${look.script !== undefined && html`<script type="module" src="${look.script}"></script>`}
      </head>
      <body>
        <header class="top">
          <span class="top__site" dir="auto">${site}</span>
          <a class="top__tongue" href="${path}${otherTongue(words)}" hreflang="${toggled(words)}"
            ><span lang="${toggled(words)}">${words.toggle}</span></a
          >
        </header>
        ${simulated && html`<p class="simulated">${words.simulated}</p>`} ${page.body}
      </body>
    </html> `;

const toggled = (words: Words): string => (words.lang === 'en' ? 'zh-CN' : 'en');

export const telephone = (phone: string | undefined, lead: string): Html | undefined =>
  phone === undefined
    ? undefined
    : html`<p class="call">
        ${lead} <a class="call__number" href="tel:${phone.replace(/[^\d+]/g, '')}">${phone}</a>
      </p>`;
