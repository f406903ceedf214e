/** What the script says, in the page's tongue; the page brings it along. */
export interface FormWords {
  readonly cleaned: string;
  readonly remove: string;
  readonly sending: string;
  readonly failed: string;
  readonly failedCall: string;
  readonly retry: string;
  readonly shrinking: string;
  readonly full: string;
}

export const wordsOf = (form: HTMLFormElement): FormWords =>
  JSON.parse(form.dataset['words'] ?? '{}') as FormWords;
