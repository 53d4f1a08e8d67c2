import { formatDate, type Register, type Words } from '@madoguchi/ui';

function inRegisters(show: (register: Register) => string): Words {
  return { ja: show('ja'), jaEasy: show('jaEasy'), en: show('en') };
}

/** A day in Japan, in every register. */
export function dayWords(date: Date): Words {
  return inRegisters((register) => formatDate(date, register));
}

/** A moment in Japan, in every register. */
export function timeWords(date: Date): Words {
  return inRegisters((register) => formatDate(date, register, { time: true }));
}
