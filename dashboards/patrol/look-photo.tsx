// A photo of what is bad, to its ticket. One that could not be sent says why and can be taken again.
import { useState } from 'preact/hooks';
import { sendPhotos } from '../engineer/photo-sheet.ts';
import { siftPhotos } from '../engineer/photo-sift.ts';
import { newKey } from '../shared/gateway.ts';
import { refusalText } from '../shared/refusal.ts';
import { photosPath } from './paths.ts';
import type { Sight } from './sight.ts';

type Sending =
  | { readonly state: 'idle' }
  | { readonly state: 'sending'; readonly share: number }
  | { readonly state: 'sent' }
  | { readonly state: 'failed'; readonly why: string };

export function LookPhoto({ ticket, sight }: { ticket: string; sight: Sight }) {
  const { words, standing } = sight;
  const [sending, setSending] = useState<Sending>({ state: 'idle' });

  async function send(chosen: readonly File[]): Promise<void> {
    const { taken, refused } = siftPhotos([], chosen, words.work);
    if (taken.length === 0) {
      setSending({ state: 'failed', why: refused.join(' ') });
      return;
    }
    setSending({ state: 'sending', share: 0 });
    const onProgress = (share: number): void => setSending({ state: 'sending', share });
    const letter = { path: photosPath(ticket), key: newKey() };
    const outcome = await sendPhotos(letter, { files: taken, note: '', onProgress });
    setSending(
      outcome.ok
        ? { state: 'sent' }
        : { state: 'failed', why: refusalText(outcome, standing, words) },
    );
  }

  return (
    <div class="look-photo">
      <label class="choose">
        <span class="button choose__word">{words.patrol.photo}</span>
        <input
          class="choose__input"
          type="file"
          accept="image/jpeg,image/png,image/webp"
          capture="environment"
          disabled={sending.state === 'sending'}
          onChange={(event) => {
            void send(Array.from(event.currentTarget.files ?? []));
            event.currentTarget.value = '';
          }}
        />
      </label>
      <p role="status">
        {sending.state === 'sending' && words.work.photo.sending(Math.round(sending.share * 100))}
        {sending.state === 'sent' && `✓ ${words.patrol.photoSent}`}
        {sending.state === 'failed' && `▲ ${sending.why}`}
      </p>
    </div>
  );
}
