// A dialog keeps the focus while it is open, closes with Escape, and gives the focus back.
import { useLayoutEffect, useRef } from 'preact/hooks';

const REACHABLE = 'button:not([disabled]), input, select, textarea';

export function useFocusInside(
  box: { readonly current: HTMLElement | null },
  onClose: () => void,
): void {
  const close = useRef(onClose);
  close.current = onClose;
  // Before anything is painted: whoever is quick must not have moved the focus by then.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const inside = () => [...(box.current?.querySelectorAll<HTMLElement>(REACHABLE) ?? [])];
    inside()[0]?.focus();
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close.current();
      if (event.key !== 'Tab') return;
      const stops = inside();
      const [first, last] = [stops[0], stops[stops.length - 1]];
      const from = event.shiftKey ? first : last;
      if (document.activeElement !== from) return;
      event.preventDefault();
      (event.shiftKey ? last : first)?.focus();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
}
