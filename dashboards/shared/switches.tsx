import { useState } from 'preact/hooks';
import { language, speak } from './language.ts';
import { chooseTheme, themeOfOwner } from './theme.ts';
import type { Words } from './words.ts';

/** The owner's theme and the page's language. */
export function Switches({ words }: { words: Words }) {
  const [theme, setTheme] = useState(themeOfOwner);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <div class="head__switches">
      <button
        type="button"
        class="switch"
        onClick={() => {
          chooseTheme(other);
          setTheme(other);
        }}
      >
        {words.engineer.theme[other]}
      </button>
      <button
        type="button"
        class="switch"
        onClick={() => speak(language.value === 'zh' ? 'en' : 'zh')}
      >
        {words.language.switchTo}
      </button>
    </div>
  );
}
