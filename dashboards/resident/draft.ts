// What was typed, for this tab: a phone that runs short of memory closes pages behind one's back.

export interface Draft {
  forget(): void;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

const KEPT = 'textarea, input[type=tel], input[type=radio]';

export function keepDraft(form: HTMLFormElement): Draft {
  const name = `report:${form.dataset['draft'] ?? form.getAttribute('action')}`;
  const fields = [...form.querySelectorAll<Field>(KEPT)];
  // What the gateway sent back is newer than any draft.
  if (!document.getElementById('wrong')) fill(fields, recalled(name));
  const keep = (): void => remember(name, fields);
  form.addEventListener('input', keep);
  form.addEventListener('change', keep);
  return {
    forget: () => {
      try {
        sessionStorage.removeItem(name);
      } catch {
        // A browser that keeps nothing has nothing to forget.
        return;
      }
    },
  };
}

function fill(fields: readonly Field[], kept: Readonly<Record<string, string>>): void {
  for (const field of fields) {
    const value = kept[field.name];
    if (value === undefined) continue;
    if (field.type === 'radio') (field as HTMLInputElement).checked = field.value === value;
    else if (field.value === '') field.value = value;
  }
}

function remember(name: string, fields: readonly Field[]): void {
  const chosen = fields.filter(
    (field) => field.type !== 'radio' || (field as HTMLInputElement).checked,
  );
  const kept = Object.fromEntries(chosen.map((field) => [field.name, field.value]));
  try {
    sessionStorage.setItem(name, JSON.stringify(kept));
  } catch {
    // Private windows may keep nothing; then there is no draft, and all else works.
    return;
  }
}

function recalled(name: string): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}
