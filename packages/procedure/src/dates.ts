import { eraDate, type Words } from '@madoguchi/ui';

/** True for a day of the calendar written YYYY-MM-DD. */
export function isRealDate(value: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

/** A day in words, with the Japanese era: 昭和50年4月1日（1975年）. Unknown parts of a birth date are 00 and are said so. */
export function drawDate(value: string): Words {
  return { ja: eraDate(value, 'ja'), jaEasy: eraDate(value, 'jaEasy'), en: eraDate(value, 'en') };
}
