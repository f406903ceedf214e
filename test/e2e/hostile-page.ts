// What hostile words have become on a page that a real Chromium shows, besides words.
import type { Browser, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { Somebody } from './hostile-yard.ts';

export interface Found {
  /** Whether any of it ran. */
  readonly ran: boolean;
  /** Elements that nobody but the words can have made. */
  readonly elements: readonly string[];
  /** By how many pixels the page is wider than its window, and what sticks out. */
  readonly wider: number;
  readonly over: readonly string[];
  /** Words of ours whose direction those of others have turned. */
  readonly turned: readonly string[];
}

export const NOTHING: Found = { ran: false, elements: [], wider: 0, over: [], turned: [] };

export interface Watched {
  readonly page: Page;
  /** Dialogs, scripts that threw, policies broken. */
  readonly complaints: string[];
}

/** A telephone on which somebody is signed in. */
export async function telephone(
  browser: Browser,
  { url, cookie }: { readonly url: string } & Pick<Somebody, 'cookie'>,
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  onTestFinished(() => context.close());
  const [name = '', value = ''] = cookie.split('=');
  if (name !== '') await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss().catch((error: unknown) => complaints.push(String(error)));
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('net::ERR'))
      complaints.push(message.text());
  });
  return { page, complaints };
}

export const look = async (page: Page): Promise<Found> => (await page.evaluate(FOUND)) as Found;

/** Runs in the page. Of a direction that is turned: how far it reaches, to the next element that keeps it in. */
const FOUND = String.raw`(() => {
  const root = document.documentElement;
  const made = document.querySelectorAll(
    'img[src="x"], [onerror], [onload], [href^="javascript" i], [src^="javascript" i]',
  );
  const out = [...document.querySelectorAll('body *')].filter(
    (one) => one.getBoundingClientRect().right > root.clientWidth + 1,
  );
  const turned = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    let around = text.parentElement;
    if (!text.textContent.includes('\u202E') || !around.checkVisibility()) continue;
    const style = () => getComputedStyle(around);
    while (style().display === 'inline' && !style().unicodeBidi.startsWith('isolate'))
      around = around.parentElement;
    const isWithOthers = around.textContent.trim() !== text.textContent.trim();
    const others = [...around.childNodes].filter((one) => one.textContent.trim() !== '');
    if (isWithOthers && others.length > 1) turned.push(around.outerHTML.slice(0, 60));
  }
  const wider = root.scrollWidth - root.clientWidth;
  const first = out.filter((one) => !out.includes(one.parentElement)).slice(0, 5);
  return {
    ran: '__owned' in window,
    elements: [...made].map(({ outerHTML }) => outerHTML.slice(0, 200)),
    wider,
    over: wider > 0 ? first.map(({ outerHTML }) => outerHTML.slice(0, 100)) : [],
    turned,
  };
})()`;
