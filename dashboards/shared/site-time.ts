/** A moment as the site's own wall clock reads it. */
export interface LocalTime {
  /** `2026-11-22` */
  readonly date: string;
  /** `10:42` */
  readonly clock: string;
  /** Minutes since local midnight. */
  readonly minute: number;
  readonly weekday: string;
}

export interface SiteTime {
  at(moment: number): LocalTime;
}

/** @param zone IANA name, as the site file gives it. */
export function siteTimeIn(zone: string): SiteTime {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    weekday: 'short',
  });
  const at = (moment: number): LocalTime => {
    const found: Record<string, string> = {};
    for (const part of parts.formatToParts(moment)) found[part.type] = part.value;
    const { year, month, day, hour = '00', minute = '00', weekday = '' } = found;
    return {
      date: `${year}-${month}-${day}`,
      clock: `${hour}:${minute}`,
      minute: Number(hour) * 60 + Number(minute),
      weekday: weekday.slice(0, 3).toLowerCase(),
    };
  };
  return { at };
}
