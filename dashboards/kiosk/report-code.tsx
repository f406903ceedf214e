// 随手拍: the code by which anybody at the station reports what is wrong there, big enough to be read
// from where people stand. Without a public address there is no code, and the strip says so.
import type { SiteView } from '../../gateway/api/schemas.ts';
import { QrCode } from '../shared/qr-code.tsx';
import type { Speech } from './voice.ts';

interface ReportCodeProps {
  readonly station: Pick<SiteView['stations'][number], 'name' | 'reportAt'>;
  readonly phone: string | undefined;
  readonly speech: Speech;
}

export function ReportCode({ station, phone, speech }: ReportCodeProps) {
  const { words, subtitle } = speech;
  if (station.reportAt === undefined) return null;
  return (
    <aside class="report">
      <p class="report__what">
        {words.board.report}
        {subtitle && <span class="subtitle">{subtitle.board.report}</span>}
      </p>
      <QrCode text={station.reportAt} name={words.labels.qr(station.name)} />
      <p class="report__how">
        {words.board.reportHow}
        {subtitle && <span class="subtitle">{subtitle.board.reportHow}</span>}
      </p>
      {phone !== undefined && <p class="report__phone">☎ {phone}</p>}
    </aside>
  );
}
