// Up to three photos with a note: chosen or taken, looked at, sent with progress. A photo that is
// refused says why, and the others stay.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Outcome } from '../shared/gateway.ts';
import type { Words } from '../shared/words.ts';
import { sendPhotos, type PhotoLetter } from './photo-sheet.ts';
import { siftPhotos } from './photo-sift.ts';
import { Sheet, type Attempted } from './sheet.tsx';

export type AskWithPhotos = <T>(letter: PhotoLetter) => Promise<Outcome<T>>;

interface PhotoDialogProps extends Attempted {
  readonly onSend: (ask: AskWithPhotos) => void;
}

export function PhotoDialog(props: PhotoDialogProps) {
  const { busy, words, onSend } = props;
  const say = words.work.photo;
  const [files, setFiles] = useState<readonly File[]>([]);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [note, setNote] = useState('');
  const [share, setShare] = useState(0);

  function choose(chosen: readonly File[]): void {
    const sifted = siftPhotos(files, chosen, words.work);
    setFiles(sifted.taken);
    setRefused(sifted.refused);
  }

  function send(): void {
    setShare(0);
    onSend((letter) => sendPhotos(letter, { files, note, onProgress: setShare }));
  }

  return (
    <Sheet
      {...props}
      title={say.add}
      verb={say.send(files.length)}
      notice={[...refused, props.notice].filter(Boolean).join(' ')}
      ready={files.length > 0 ? 'yes' : 'no'}
      onSend={send}
    >
      <Chooser words={words} onChoose={choose} />
      <Previews
        files={files}
        busy={busy}
        words={words}
        onDrop={(gone) => setFiles(files.filter((file) => file !== gone))}
      />
      <label class="field">
        <span class="field__name">{words.field.note}</span>
        <textarea
          class="field__input"
          rows={2}
          maxLength={2000}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </label>
      {busy === 'sending' && <Progress share={share} words={words} />}
    </Sheet>
  );
}

interface ChooserProps {
  readonly words: Words;
  readonly onChoose: (files: readonly File[]) => void;
}

function Chooser({ words: { work }, onChoose }: ChooserProps) {
  return (
    <>
      <label class="choose">
        <span class="button choose__word">{work.photo.choose}</span>
        <input
          class="choose__input"
          type="file"
          accept="image/jpeg,image/png,image/webp"
          multiple
          onChange={(event) => {
            onChoose(Array.from(event.currentTarget.files ?? []));
            // The same file chosen again, after it was dropped, is a choice too.
            event.currentTarget.value = '';
          }}
        />
      </label>
      <p class="field__hint">{work.photo.hint}</p>
    </>
  );
}

interface PreviewsProps {
  readonly files: readonly File[];
  readonly busy: 'sending' | 'idle';
  readonly words: Words;
  readonly onDrop: (file: File) => void;
}

function Previews({ files, busy, words: { work }, onDrop }: PreviewsProps) {
  return (
    <ul class="previews">
      {files.map((file, place) => (
        <li key={`${file.name}/${file.lastModified}/${file.size}`} class="previews__one">
          <Preview file={file} word={work.photo.alt(place + 1)} />
          <button
            type="button"
            class="button"
            disabled={busy === 'sending'}
            onClick={() => onDrop(file)}
          >
            {work.photo.drop(place + 1)}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Progress({ share, words: { work } }: { share: number; words: Words }) {
  const percent = Math.round(share * 100);
  return (
    <p class="progress" role="status">
      <progress class="progress__bar" max={100} value={percent} aria-label={work.photo.title} />
      {percent < 100 ? work.photo.sending(percent) : work.photo.storing}
    </p>
  );
}

const WIDE = 240;

/** Drawn, because the gateway's policy lets no page show a picture that did not come from it. */
function Preview({ file, word }: { file: File; word: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let wanted = true;
    const draw = async (): Promise<void> => {
      const bitmap = await createImageBitmap(file);
      const place = canvas.current;
      if (!wanted || !place) return;
      place.width = WIDE;
      place.height = Math.round((bitmap.height / bitmap.width) * WIDE);
      place.getContext('2d')?.drawImage(bitmap, 0, 0, place.width, place.height);
    };
    // What cannot be drawn here is still sent: the gateway says what it is.
    draw().catch(() => canvas.current?.remove());
    return () => {
      wanted = false;
    };
  }, [file]);
  return (
    <canvas ref={canvas} class="previews__photo" role="img" aria-label={`${word} ${file.name}`} />
  );
}
