// What a script adds to the residents' pages, which work without it: photos shrunk before they go up,
// progress, a second attempt without typing again, a draft that outlives a closed tab, and a follow
// page that looks again by itself. It has no words of its own: the page brings them with the form.
import './resident.css';
import { keepDraft } from './draft.ts';
import { followAlong } from './follow-along.ts';
import { sendKindly } from './sending.ts';
import { choosePhotos } from './shots.ts';

document.documentElement.classList.add('is-kinder');
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-words]')) {
  sendKindly(form, { draft: keepDraft(form), photos: choosePhotos(form) });
}
document.getElementById('wrong')?.focus();
followAlong();
