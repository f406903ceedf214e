// Debian's chromium, driven by playwright-core; it opens nothing but our own pages.
import { chromium, type Browser, type Page } from 'playwright-core';

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
}

export interface Opened {
  readonly page: Page;
  /** What the page complained of: scripts that threw, policies broken. */
  readonly complaints: string[];
}

/** A page that keeps a list of its own complaints; a lost network is not one of them. */
export async function open(browser: Browser, url: string, look: Look): Promise<Opened> {
  const { width, height, dark } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    timezoneId: 'America/New_York',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('net::ERR')) {
      complaints.push(message.text());
    }
  });
  await page.goto(url);
  return { page, complaints };
}
