// One label, as it hangs on a wall for years: in Chinese and English, with a number to read out and a
// telephone for who has no internet. Names come from the site file and are shown as they are.
import type { LabelsView, LabelView } from '../../gateway/api/schemas.ts';
import { QrCode } from '../shared/qr-code.tsx';
import { wordsIn } from '../shared/words.ts';

interface LabelProps {
  readonly label: LabelView;
  readonly site: string;
  readonly contact: LabelsView['contact'];
}

const zh = wordsIn('zh').labels;
const en = wordsIn('en').labels;
/** From here on a number is set smaller: it may have 64 letters, and all of them count. */
const LONG_NUMBER = 14;

export function Label({ label, site, contact }: LabelProps) {
  const { code, name, link, within } = label;
  return (
    <article class={classOf(label)} data-code={code}>
      {link !== undefined && <QrCode text={link} name={zh.qr(name)} />}
      <div class="label__words">
        {link !== undefined && (
          <p class="label__scan">
            {zh.scan} <span lang="en">{en.scan}</span>
          </p>
        )}
        <p class="label__name">
          <bdi>{name}</bdi>
        </p>
        <p class="label__code">
          <span class="label__number">
            {zh.number} <span lang="en">{en.number}</span>
          </span>{' '}
          {code}
        </p>
        {link === undefined && (
          <p class="label__tell">
            {zh.tell} <span lang="en">{en.tell}</span>
          </p>
        )}
        {contact && <Telephone contact={contact} />}
        <p class="label__site">
          {within && (
            <>
              <bdi>{within.name}</bdi> ·{' '}
            </>
          )}
          <bdi>{site}</bdi>
        </p>
      </div>
      {CORNERS.map((corner) => (
        <i key={corner} class={`cut cut--${corner}`} />
      ))}
    </article>
  );
}

const classOf = ({ code, link }: LabelView): string => {
  const long = code.length > LONG_NUMBER ? ' label--long' : '';
  return `label${link === undefined ? ' label--bare' : ''}${long}`;
};

/** Where to cut. */
const CORNERS = ['nw', 'ne', 'sw', 'se'] as const;

function Telephone({ contact: { phone, name } }: { contact: NonNullable<LabelsView['contact']> }) {
  return (
    <p class="label__call">
      <span class="label__how">
        {zh.call} <span lang="en">{en.call}</span>
      </span>{' '}
      <b class="label__phone">{phone}</b>
      {name !== undefined && (
        <>
          {' '}
          <bdi>{name}</bdi>
        </>
      )}
    </p>
  );
}
