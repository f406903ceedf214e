// The photos of a form: taken or chosen, shrunk here so that a weak network carries them, shown small,
// and taken out again. A photo that this browser cannot shrink goes up as it is: the gateway makes
// every photo anew in any case.
import { wordsOf } from './form-words.ts';

export interface Shots {
  /** Waits for those that are still being shrunk. */
  ready(): Promise<readonly Blob[]>;
}

const MOST = 3;
const LONGEST_SIDE = 1600;
const QUALITY = 0.8;

export function choosePhotos(form: HTMLFormElement): Shots {
  const list = form.querySelector<HTMLElement>('[data-shots]');
  const state = form.querySelector<HTMLElement>('[data-state]');
  const words = wordsOf(form);
  let shots: Blob[] = [];
  let shrinking: Promise<void> = Promise.resolve();
  const say = (text: string): void => {
    if (state) state.textContent = text;
  };
  const add = async (file: File): Promise<void> => {
    if (shots.length >= MOST) return say(words.full);
    say(words.shrinking);
    const { blob, thumb } = await shrunk(file);
    shots = [...shots, blob];
    const isCleaned = blob !== file;
    say(isCleaned ? words.cleaned : '');
    list?.append(
      shown(thumb, words.remove, (item) => {
        shots = shots.filter((one) => one !== blob);
        item.remove();
      }),
    );
  };
  for (const input of form.querySelectorAll<HTMLInputElement>('input[type=file]')) {
    input.addEventListener('change', () => {
      const files = [...(input.files ?? [])];
      // Chosen files stay in this list; the input is free for the next one.
      input.value = '';
      for (const file of files) shrinking = shrinking.then(() => add(file));
    });
  }
  return { ready: () => shrinking.then(() => shots) };
}

interface Shrunk {
  readonly blob: Blob;
  readonly thumb: HTMLCanvasElement;
}

async function shrunk(file: File): Promise<Shrunk> {
  const thumb = document.createElement('canvas');
  thumb.width = thumb.height = 288;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    cover(thumb, canvas);
    const blob = await new Promise<Blob | null>((done) =>
      canvas.toBlob(done, 'image/jpeg', QUALITY),
    );
    return { blob: blob ?? file, thumb };
  } catch {
    return { blob: file, thumb };
  }
}

function cover(thumb: HTMLCanvasElement, from: HTMLCanvasElement): void {
  const side = Math.min(from.width, from.height);
  const [x, y] = [(from.width - side) / 2, (from.height - side) / 2];
  thumb.getContext('2d')?.drawImage(from, x, y, side, side, 0, 0, thumb.width, thumb.height);
}

function shown(
  thumb: HTMLCanvasElement,
  remove: string,
  onRemove: (item: HTMLElement) => void,
): HTMLElement {
  const item = document.createElement('li');
  item.className = 'shot';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = remove;
  button.addEventListener('click', () => onRemove(item));
  item.append(thumb, button);
  return item;
}
