import { formatDay, formatMonth, type Words } from '@madoguchi/ui';

/** A day `YYYY-MM-DD` or a month `YYYY-MM` of our own lists, for people. */
export function dayWords(day: string): Words {
  const say = (register: keyof Words) =>
    /^\d+-\d+$/.test(day) ? formatMonth(day, register) : formatDay(day, register, { wareki: false });
  return { ja: say('ja'), jaEasy: say('jaEasy'), en: say('en') };
}
