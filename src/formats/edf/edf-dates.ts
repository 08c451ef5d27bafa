const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Header fields of a start time, `dd.mm.yy`, `hh.mm.ss` and EDF+'s `dd-MMM-yyyy`; those of an unknown one for null. */
export function edfDates(startTime: string | null): { date: string; time: string; day: string } {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)/.exec(startTime ?? '');
  if (!parts) return { date: '01.01.85', time: '00.00.00', day: 'X' };
  const [, year, month, day, hour, minute, second] = parts as unknown as string[];
  // Two digits reach from 1985 to 2084; beyond, the format wants "yy".
  const short = Number(year) >= 1985 && Number(year) <= 2084 ? year!.slice(2) : 'yy';
  return {
    date: `${day}.${month}.${short}`,
    time: `${hour}.${minute}.${second}`,
    day: `${day}-${MONTHS[Number(month) - 1] ?? 'JAN'}-${year}`,
  };
}

/** The start time that the fields of a header mean; null where it is unknown or no date. */
export function startTimeOfEdf(date: string, time: string, recording: string): string | null {
  const clock = /^(\d\d)[.:](\d\d)[.:](\d\d)$/.exec(time);
  const day = /^Startdate (\d\d)-([A-Z]{3})-(\d{4})/.exec(recording);
  const month = day ? MONTHS.indexOf(day[2]!) : -1;
  const hours = clock ? `T${clock[1]}:${clock[2]}:${clock[3]}` : 'T00:00:00';
  if (day && month >= 0) return `${day[3]}-${String(month + 1).padStart(2, '0')}-${day[1]}${hours}`;
  if (recording.startsWith('Startdate X')) return null;
  const short = /^(\d\d)[.\-/](\d\d)[.\-/](\d\d)$/.exec(date);
  if (!short || !clock) return null;
  const year = Number(short[3]) >= 85 ? `19${short[3]}` : `20${short[3]}`;
  return `${year}-${short[2]}-${short[1]}${hours}`;
}
