// A wall screen runs for months: when the gateway was upgraded the page must notice. The name of
// the page's own script carries the build's hash, so the page asks for itself and compares.
const ENTRY = /\/assets\/[\w.-]+\.js/;

/** Asked after each time the gateway came back: a new build always comes with a restart. */
export async function reloadWhenBuildChanged(): Promise<void> {
  const running = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  // No answer means that the gateway went away again; its next return asks anew.
  const page = await fetch(location.pathname, { cache: 'no-store' }).catch(() => undefined);
  if (!page?.ok) return;
  const served = ENTRY.exec(await page.text())?.[0];
  if (running && served && served !== running) location.reload();
}
