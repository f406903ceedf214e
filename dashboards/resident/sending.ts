// Sends a form without leaving the page, so that a network that fails loses nothing: how much went up
// shows, and the button tries again. What comes back in place of the follow page is the form with its
// mistakes; it takes this one's place, and the photos stay chosen.
import type { Draft } from './draft.ts';
import { wordsOf } from './form-words.ts';
import type { Shots } from './shots.ts';

interface Kindness {
  readonly draft: Draft;
  readonly photos: Shots;
}

export function sendKindly(form: HTMLFormElement, { draft, photos }: Kindness): void {
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
  const state = form.querySelector<HTMLElement>('[data-state]');
  const words = wordsOf(form);
  const say = (text: string): void => {
    if (state) state.textContent = text;
  };
  const failed = (): void => {
    const { phone } = form.dataset;
    say(words.failed + (phone === undefined ? '' : ` ${words.failedCall} ${phone}`));
    if (button) {
      button.disabled = false;
      button.textContent = words.retry;
    }
  };
  const sendNow = async (): Promise<void> => {
    const onProgress = (share: number): void =>
      say(`${words.sending} ${Math.round(100 * share)} %`);
    const answer = await sent(form.action, {
      data: filled(form, await photos.ready()),
      onProgress,
    });
    if (!answer) return failed();
    if (answer.status >= 200 && answer.status < 300) {
      draft.forget();
      return location.assign(answer.responseURL);
    }
    const page = new DOMParser().parseFromString(answer.responseText, 'text/html');
    if (!showMistakes(form, page)) return failed();
    if (button) button.disabled = false;
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (button) button.disabled = true;
    say(words.sending);
    void sendNow(); // whatever comes of it is said in the form
  });
}

interface Sending {
  readonly data: FormData;
  readonly onProgress: (share: number) => void;
}

/** Undefined where the network failed. Not `fetch`, which cannot tell how much went up. */
const sent = (
  address: string,
  { data, onProgress }: Sending,
): Promise<XMLHttpRequest | undefined> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(loaded / Math.max(1, total)),
    );
    request.addEventListener('load', () => resolve(request));
    request.addEventListener('error', () => resolve(undefined));
    request.addEventListener('abort', () => resolve(undefined));
    request.send(data);
  });

function filled(form: HTMLFormElement, shots: readonly Blob[]): FormData {
  const data = new FormData(form);
  data.delete('photo');
  shots.forEach((shot, place) => data.append('photo', shot, `${place + 1}.jpg`));
  return data;
}

/** All that was typed still stands here, photos too; only what is wrong with it is new. */
function showMistakes(form: HTMLFormElement, answer: Document): boolean {
  const wrong = answer.getElementById('wrong');
  if (!wrong) return false;
  for (const line of wrong.querySelectorAll('[data-again]')) line.remove();
  document.getElementById('wrong')?.remove();
  form.before(wrong);
  const token = answer.querySelector<HTMLInputElement>('input[name=token]')?.value;
  const field = form.querySelector<HTMLInputElement>('input[name=token]');
  if (field && token !== undefined) field.value = token;
  form.querySelector<HTMLElement>('[data-state]')?.replaceChildren();
  wrong.focus();
  wrong.scrollIntoView();
  return true;
}
