import { fill, type Words } from '@madoguchi/ui/words';
import { CardSession } from '../card-session.js';
import type { CardVisit, PinStatus } from '../card-visit.js';
import type { CardChannel } from '../channel.js';
import { ClientError, type ClientErrorCode } from '../client-error.js';
import { explainClientError } from '../client-words.js';
import type { OwnValidity } from '../own-validity.js';
import { readerChannels, signs } from '../reader-channel.js';
import { same, w } from '../three-words.js';
import type { KnownReader } from './ccid-list.js';
import { certificateCheck } from './certificate-check.js';
import { check } from './check.js';
import { driverWords, signWords } from './check-words.js';
import { isKnownReader, knownReaders } from './known-readers.js';
import type { DoctorCheck, DoctorCheckId } from './report.js';
import { type UsbReader, usbReaders } from './usb-readers.js';
import { after, cardWords, notChecked, systemWords } from './words.js';

export interface CardCheckOptions {
  now: Date;
  channels?: () => Promise<CardChannel[]>;
  /** DER of the signature certificate, where the holder opened it with its password. */
  signature?: Uint8Array;
  /** Asks the authority of a certificate; without it nobody is asked. */
  validity?: (certificate: Uint8Array, issuer: Uint8Array) => Promise<OwnValidity | undefined>;
  /** What a certificate's line says where nobody was asked: how to ask, from where the report is read. */
  notAsked?: Words;
  drivers?: () => Promise<KnownReader[]>;
  usb?: (known: readonly KnownReader[]) => Promise<UsbReader[]>;
}

const cardIds: DoctorCheckId[] = [
  'service',
  'reader',
  'driver',
  'card',
  'certificate',
  'certificate-sign',
  'pin-sign',
  'pin-auth',
];

/** Which line of the report an error belongs to. The lines before it are good, the ones after it are not checked. */
const errorLine: Partial<Record<ClientErrorCode, DoctorCheckId>> = {
  'no-library': 'service',
  'service-stopped': 'service',
  'no-reader': 'reader',
};

/** What the line shows where there is no reader to be named. */
const errorFound: Partial<Record<ClientErrorCode, Words>> = {
  'no-library': w('入っていません', 'ありません', 'Not installed'),
  'service-stopped': w('止まっています', '{止|と}まって います', 'Stopped'),
  'no-reader': w('見つかりません', '{見|み}つかりません', 'None found'),
};

/** Everything from the service to the passwords, up to the first broken link. No PIN is asked and no try is spent. */
export async function cardChecks(options: CardCheckOptions): Promise<DoctorCheck[]> {
  const known = await (options.drivers ?? knownReaders)();
  let lines: DoctorCheck[] = [];
  try {
    const channels = await (options.channels ?? readerChannels)();
    if (channels.length === 0) throw new ClientError('no-reader');
    lines = readerLines(channels, known);
    let trouble: unknown;
    for (const channel of channels) {
      try {
        return [...lines, ...(await inspect(channel, options))];
      } catch (error) {
        // An empty second reader is no news beside a card that cannot be used.
        if (!(trouble instanceof ClientError) || trouble.code === 'no-card') trouble = error;
      }
    }
    throw trouble;
  } catch (error) {
    const named = error instanceof ClientError ? error : new ClientError('card-unresponsive');
    const stopped = upTo(named, lines);
    return named.code === 'no-reader' ? withUsb(stopped, await (options.usb ?? usbReaders)(known)) : stopped;
  }
}

function readerLines(channels: readonly CardChannel[], known: readonly KnownReader[]): DoctorCheck[] {
  const names = channels.map(({ label }) => label).join(', ');
  return [
    check('service', 'ok', systemWords.serviceGood, systemWords.serviceMeans),
    check('reader', 'ok', fill(systemWords.readers, { names }), systemWords.readerMeans),
    check('driver', 'ok', driverOf(channels[0]?.label ?? '', known), driverWords.good),
  ];
}

function driverOf(name: string, known: readonly KnownReader[]) {
  if (/\.card$/.test(name)) return driverWords.none;
  if (/^Virtual PCD/.test(name)) return driverWords.virtual;
  return isKnownReader(name, known) ? driverWords.known : driverWords.unlisted;
}

function upTo(error: ClientError, lines: readonly DoctorCheck[]): DoctorCheck[] {
  const failing = errorLine[error.code] ?? 'card';
  const { what, next } = explainClientError(error);
  const at = cardIds.indexOf(failing);
  return cardIds.map((id, index) => {
    if (index > at) return check(id, 'skip', notChecked, after, after);
    if (index < at) return lines[index] ?? check(id, 'ok', systemWords.serviceGood, systemWords.serviceMeans);
    const fix = error.code === 'service-stopped' ? 'start-service' : undefined;
    const found = errorFound[error.code] ?? same(error.detail.subject ?? '—');
    return check(id, 'fail', found, what, next, fix);
  });
}

/** A reader on USB that PC/SC does not see: then the driver is what is missing. */
function withUsb(lines: readonly DoctorCheck[], found: readonly UsbReader[]): DoctorCheck[] {
  if (found.length === 0) return [...lines];
  const names = found.map(({ name }) => name).join(', ');
  const line = check(
    'driver',
    'fail',
    fill(driverWords.unseen, { names }),
    driverWords.unseenMeans,
    driverWords.unseenNext,
  );
  return lines.map((one) => (one.id === 'driver' ? line : one));
}

async function inspect(channel: CardChannel, options: CardCheckOptions): Promise<DoctorCheck[]> {
  const seen = await new CardSession(channel).visit(async (visit) => {
    const kind = await visit.kind();
    if (!signs(kind)) {
      const card = kind === 'jukicard' ? kind : 'unknown';
      throw new ClientError('not-my-number-card', { subject: channel.label, card });
    }
    const isPhone = kind === 'android' || kind === 'ios';
    return {
      isPhone,
      auth: kind === 'android' ? undefined : await optional(visit, 'auth'),
      authCa: await optional(visit, 'auth-ca'),
      signCa: await optional(visit, 'sign-ca'),
      there: await visit.availability(),
      signTries: await visit.pinStatus('sign'),
      authTries: await visit.pinStatus('auth'),
    };
  });
  const ask = async (certificate: Uint8Array, issuer: Uint8Array | undefined) =>
    issuer === undefined ? undefined : options.validity?.(certificate, issuer);
  const found = fill(seen.isPhone ? cardWords.phone : cardWords.good, { reader: channel.label });
  const { auth } = seen;
  const { signature, now, notAsked } = options;
  return [
    check('card', 'ok', found, cardWords.means),
    auth === undefined
      ? check(
          'certificate',
          seen.isPhone ? 'skip' : 'warn',
          seen.isPhone ? notChecked : cardWords.certificateNone,
          cardWords.certificateNone,
          cardWords.renew,
        )
      : certificateCheck('certificate', auth, now, await ask(auth, seen.authCa), notAsked),
    signature === undefined
      ? signatureLine(seen.there?.sign)
      : certificateCheck('certificate-sign', signature, now, await ask(signature, seen.signCa), notAsked),
    pinCheck('pin-sign', 'sign', seen.signTries),
    pinCheck('pin-auth', 'auth', seen.authTries),
  ];
}

/** The signature certificate without its password: the card tells only whether it is there. */
function signatureLine(there: boolean | undefined): DoctorCheck {
  if (there === false)
    return check('certificate-sign', 'warn', signWords.absent, signWords.absentMeans, cardWords.renew);
  return check('certificate-sign', 'ok', signWords.hidden, signWords.hiddenMeans);
}

async function optional(
  visit: CardVisit,
  name: 'auth' | 'auth-ca' | 'sign-ca',
): Promise<Uint8Array | undefined> {
  try {
    return await visit.readCertificate(name);
  } catch (error) {
    if (error instanceof ClientError && error.code === 'no-certificate') return undefined;
    throw error;
  }
}

function pinCheck(id: DoctorCheckId, pin: 'sign' | 'auth', status: PinStatus): DoctorCheck {
  if (status.state === 'locked') {
    const { next } = explainClientError(new ClientError('pin-locked', { pin }));
    return check(id, 'fail', cardWords.locked, cardWords.lockedMeans, next);
  }
  const tries = status.triesLeft;
  const found = fill(cardWords.tries, { tries });
  if (tries <= 2)
    return check(id, 'warn', found, fill(cardWords.triesLow, { tries }), cardWords.triesLowNext);
  return check(id, 'ok', found, cardWords.triesGood);
}
