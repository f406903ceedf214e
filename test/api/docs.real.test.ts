// The reference in a real Chromium that has no way to the internet.
import { describe, expect, it, onTestFinished } from 'vitest';
import { launch, open } from '../dashboards/browser.ts';
import { startFixture } from '../dashboards/fixture.ts';
import { has } from '../tools.ts';

describe.skipIf(!has('chromium'))('the API’s page', () => {
  it('shows every operation, asks nobody else, and breaks no policy', async () => {
    const fixture = await startFixture();
    const browser = await launch();
    onTestFinished(async () => {
      await browser.close();
      await fixture.stop();
    });
    const { page, complaints } = await open(browser, 'about:blank', { width: 1280, height: 900 });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${fixture.url}/docs`);
    await page.locator('.opblock').first().waitFor();
    const document = (await (await fetch(`${fixture.url}/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    const operations = Object.values(document.paths).flatMap((methods) => Object.keys(methods));
    expect(await page.locator('.opblock').count()).toBe(operations.length);

    await page.locator('#operations-gateway-readVersion').click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.getByText('"courtyard"').first().waitFor();

    const elsewhere = asked.filter(
      (url) => !url.startsWith('data:') && !url.startsWith(fixture.url),
    );
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
    const shot = process.env['SCREENSHOTS'];
    if (shot !== undefined) await page.screenshot({ path: `${shot}/docs.png` });
  });
});
