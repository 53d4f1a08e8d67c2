import { X509Certificate } from 'node:crypto';
import { fill, formatDate, type Words } from '@madoguchi/ui/words';
import { daysLeft, endsSoon } from '../certificate-end.js';
import type { OwnValidity } from '../own-validity.js';
import { w } from '../three-words.js';
import { check } from './check.js';
import { ocspWords } from './check-words.js';
import type { DoctorCheck } from './report.js';
import { cardWords } from './words.js';

type CertificateLine = 'certificate' | 'certificate-sign';

/** A certificate that was read: in force, ending soon, over; and what its authority says of it, or `notAsked` where it was not asked. */
export function certificateCheck(
  id: CertificateLine,
  der: Uint8Array,
  now: Date,
  validity?: OwnValidity,
  notAsked: Words = ocspWords.notAsked,
): DoctorCheck {
  const dates = datesOf(der);
  if (dates === undefined)
    return check(id, 'fail', cardWords.certificateUnread, cardWords.certificateUnread, cardWords.renew);
  const { from, to } = dates;
  const days = daysLeft(to, now);
  const period = now > to ? cardWords.certificateOnly : cardWords.certificate;
  const found = joined(
    fill(period, { from: day(from), to: day(to), days }),
    validity === undefined ? notAsked : validityWords(validity),
  );
  if (now > to) return check(id, 'fail', found, cardWords.certificateOver, cardWords.renew);
  if (now < from) return check(id, 'fail', found, cardWords.certificateNotYet, cardWords.renew);
  if (validity?.state === 'revoked')
    return check(id, 'fail', found, ocspWords.revokedMeans, ocspWords.revokedNext);
  if (validity?.state === 'unknown') return check(id, 'warn', found, ocspWords.unknown, cardWords.renew);
  if (endsSoon(to, now)) return check(id, 'warn', found, cardWords.certificateSoon, cardWords.renew);
  return check(id, 'ok', found, cardWords.certificateGood);
}

/** What the authority said, in one sentence. */
export function validityWords(validity: OwnValidity): Words {
  switch (validity.state) {
    case 'good':
      return fill(ocspWords.good, { time: moment(validity.at) });
    case 'revoked':
      return fill(ocspWords.revoked, { time: day(validity.at) });
    case 'unknown':
      return ocspWords.unknown;
    default:
      return fill(ocspWords.unreachable, { why: validity.why });
  }
}

function joined(a: Words, b: Words): Words {
  return w(`${a.ja}。${b.ja}`, `${a.jaEasy}。${b.jaEasy}`, `${a.en}. ${b.en}`);
}

function datesOf(der: Uint8Array): { from: Date; to: Date } | undefined {
  try {
    const { validFrom, validTo } = new X509Certificate(der);
    return { from: new Date(validFrom), to: new Date(validTo) };
  } catch {
    return undefined;
  }
}

function day(date: Date): Words {
  return w(formatDate(date, 'ja'), formatDate(date, 'jaEasy'), formatDate(date, 'en'));
}

function moment(date: Date): Words {
  const time = { time: true };
  return w(formatDate(date, 'ja', time), formatDate(date, 'jaEasy', time), formatDate(date, 'en', time));
}
