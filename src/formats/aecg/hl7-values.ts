import type { XmlNode } from '../xml/xml-node.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, us: 1e-6, min: 60 };

/** A physical quantity of time in seconds; null where there is none. */
export function hl7Quantity(node: XmlNode | undefined, unit: 's'): number | null {
  const value = Number(node?.attributes['value'] ?? NaN);
  const factor = SECONDS[node?.attributes['unit'] ?? unit];
  return Number.isFinite(value) && factor !== undefined ? value * factor : null;
}

const STAMP = /^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\.\d+)?/;

/** A time stamp (`20240229131415.250+0100`) as `YYYY-MM-DDThh:mm:ss`, local; null for what is none. */
export function hl7StartTime(value: string): string | null {
  const parts = STAMP.exec(value);
  if (!parts?.[2] || !parts[3]) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction] = parts;
  const milliseconds = fraction && Number(fraction) > 0 ? Number(fraction).toFixed(3).slice(1) : '';
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${milliseconds}`;
}

/** A time stamp as seconds on some clock that all stamps share; null for what is none. */
export function hl7Seconds(value: string): number | null {
  const parts = STAMP.exec(value);
  if (!parts) return null;
  const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0', fraction = '0'] = parts;
  const whole = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return whole / 1000 + Number(fraction);
}
