/** How sure a value is: read in programs, told by one source, recalled or unclear. */
type Mark = 'verified' | 'secondary source' | 'assumption';

/** Behaviour on which real cards or their descriptions differ. */
export interface CardSettings {
  /** Answer to VERIFY on a blocked PIN: 6984, or 6983 as OpenSC and others expect. */
  readonly blockedStatusWord: 0x6984 | 0x6983;
  /** Tries of number A, number B and the birth key; `unlimited`: a wrong value answers 6300. */
  readonly numberTries: number | 'unlimited';
  /** A right PIN gives all tries back; else the counter stays where it was. */
  readonly successRestoresTries: boolean;
  /** Ask for a fresh VERIFY before each signature. */
  readonly verifyBeforeEachSignature: boolean;
  /** Offer the forms P1 = 01..05 of COMPUTE DIGITAL SIGNATURE. */
  readonly signatureForms: boolean;
  /** A read that crosses the end of a file: 6282 with the data there are, or 9000 with them. */
  readonly endOfFileStatusWord: 0x6282 | 0x9000;
  /** What fills an EF behind its content. */
  readonly filler: 0xff | 0x00;
  /** Birth part of number B and of the birth key: years of the era, or the last two digits of the Gregorian year. */
  readonly birthDigits: 'era' | 'gregorian';
  /** A new signature password needs a letter and a digit; else letters or digits alone will do. */
  readonly signaturePasswordMixed: boolean;
  /** Ask for the authentication PIN before the authentication certificate, as Android's token does. */
  readonly authenticationCertificateNeedsPin: boolean;
  /** The contact ATR in hexadecimal. */
  readonly atr: string;
}

interface Option<Value> {
  /** The real card's value as far as it is known. */
  readonly value: Value;
  /** The other values, as they are written on a command line. */
  readonly others: readonly string[];
  readonly mark: Mark;
  readonly source: string;
  /** Undefined when the text is none of the allowed values. */
  readonly parse: (text: string) => Value | undefined;
}

function choice<Value extends string | number | boolean>(
  values: readonly [Value, ...Value[]],
  mark: Mark,
  source: string,
): Option<Value> {
  const [value] = values;
  const parse = (text: string) => values.find((each) => settingText(each) === text.toUpperCase());
  return { value, others: values.slice(1).map(settingText), mark, source, parse };
}

/** A value as it is written: status words and bytes in hexadecimal. */
export function settingText(value: string | number | boolean): string {
  if (typeof value === 'number' && value > 15) {
    return value
      .toString(16)
      .toUpperCase()
      .padStart(value > 0xff ? 4 : 2, '0');
  }
  return value === 0 ? '00' : String(value).toUpperCase();
}

const contactAtrs = [
  '3BE000FF8131FE4514',
  '3BDA13FF8131FB468012392F31C173C601C03B',
  '3BC5FF8131FB458073C6010000',
  '3BF59100FF918171FE400042000100D1D6',
  '3BF59100FF918171FE4000420001B3A115',
] as const;

/** The one table of what sources disagree on, or what no source measured: value of the real card, the others, where it is said. */
export const cardOptions: { readonly [Name in keyof CardSettings]: Option<CardSettings[Name]> } = {
  blockedStatusWord: choice(
    [0x6984, 0x6983],
    'secondary source',
    'myna-card saw 6984; jpki-web and jpki-local-signer expect 6983, OpenSC says "locked" only for it',
  ),
  numberTries: {
    value: 10,
    others: ['1 to 15', 'UNLIMITED'],
    mark: 'assumption',
    source: 'no source; 10 is commonly quoted',
    parse: (text) => {
      if (text.toUpperCase() === 'UNLIMITED') return 'unlimited';
      const tries = /^\d{1,2}$/.test(text) ? Number(text) : 0;
      return tries >= 1 && tries <= 15 ? tries : undefined;
    },
  },
  successRestoresTries: choice<boolean>(
    [true, false],
    'assumption',
    'ISO/IEC 7816-4 custom; measured by nobody',
  ),
  verifyBeforeEachSignature: choice<boolean>(
    [false, true],
    'assumption',
    'myna signs a list after one VERIFY, OpenSC repeats it; no source tells what the card insists on',
  ),
  signatureForms: choice<boolean>([false, true], 'secondary source', 'myna-card alone'),
  endOfFileStatusWord: choice(
    [0x6282, 0x9000],
    'secondary source',
    'jpki-web and myna-card tolerate 6282; myna-card reads whole files as if 9000 came',
  ),
  filler: choice([0xff, 0x00], 'verified', 'both occur'),
  birthDigits: choice<'era' | 'gregorian'>(
    ['era', 'gregorian'],
    'assumption',
    'myna-card: era; a comment in jpki-rs differs',
  ),
  signaturePasswordMixed: choice<boolean>(
    [true, false],
    'secondary source',
    'one study says letters and digits, the other at least one of each',
  ),
  authenticationCertificateNeedsPin: choice<boolean>(
    [false, true],
    'verified',
    'free on the card; Android’s token asks for it (myna)',
  ),
  atr: choice(contactAtrs, 'verified', 'OpenSC’s table of contact ATRs; the first is in its driver too'),
};

const names = Object.keys(cardOptions) as (keyof CardSettings)[];

export const defaultSettings = Object.fromEntries(
  names.map((name) => [name, cardOptions[name].value]),
) as unknown as CardSettings;

/** `name=value` as a command line gives it, or which names or values there are. */
export function parseSetting(
  text: string,
): { ok: true; settings: Partial<CardSettings> } | { ok: false; allowed: string } {
  const [name = '', value = ''] = text.split('=', 2);
  const known = names.find((each) => each === name);
  if (known === undefined) return { ok: false, allowed: names.join(', ') };
  const option = cardOptions[known];
  const parsed = option.parse(value);
  if (parsed === undefined)
    return { ok: false, allowed: [settingText(option.value), ...option.others].join(', ') };
  return { ok: true, settings: { [known]: parsed } };
}
