// The follow page looks again once a minute, while somebody looks at it. What is typed into its forms
// is never touched: then only what stands above them is put in anew, else the whole page.

const EVERY_MS = 60_000;

export function followAlong(): void {
  const main = document.querySelector<HTMLElement>('main[data-follow]');
  if (!main) return;
  // Read aloud once, and not at every reload.
  if (location.search.includes('new')) history.replaceState(null, '', main.dataset['follow']);
  setInterval(() => {
    if (!document.hidden) void lookAgain(main);
  }, EVERY_MS);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void lookAgain(main);
  });
}

async function lookAgain(main: HTMLElement): Promise<void> {
  try {
    const answer = await fetch(main.dataset['follow'] ?? '', { cache: 'no-store' });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('[data-live]');
    const shown = main.querySelector('[data-live]');
    if (!fresh || !shown || fresh.innerHTML === shown.innerHTML) return;
    if (isTyping(main)) shown.replaceWith(fresh);
    else location.reload();
  } catch {
    // Out of reach for now: what is shown stays, and the next minute asks again.
    return;
  }
}

/** Anything at all in a form: a word, a star, a photo. */
const isTyping = (main: HTMLElement): boolean =>
  [...main.querySelectorAll<HTMLTextAreaElement>('textarea')].some(({ value }) => value !== '') ||
  main.querySelector('input:checked, .shot') !== null;
