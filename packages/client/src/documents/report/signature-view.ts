import {
  type Certificate,
  type Identity,
  nameToString,
  parseCertificate,
  readIdentity,
} from '@madoguchi/pki/certificates';
import type { Evidence, FoundSignature, Report } from '@madoguchi/pki/documents';
import { eraDate, fill, formatDate, type Register, type Words, words } from '@madoguchi/ui/words';
import type { Row, Section, ViewOptions } from './report-view.js';
import { reportWords as w } from './report-words.js';

/** A moment for people, with its seconds: a minute decides nothing here, but two stamps may lie in one. */
export function moment(iso: string, lang: Register): string {
  const date = new Date(iso);
  const seconds = String(date.getUTCSeconds()).padStart(2, '0');
  const text = formatDate(date, lang, { time: true });
  return lang === 'en' ? text.replace(' (Japan time)', `:${seconds} (Japan time)`) : `${text}${seconds}秒`;
}

export const day = (iso: string, lang: Register): string =>
  formatDate(new Date(iso), lang, { wareki: false });

/** The certificate that evidence holds; undefined where it cannot be read. */
export function certificateOf(der: string | undefined): Certificate | undefined {
  if (der === undefined) return undefined;
  const parsed = parseCertificate(Buffer.from(der, 'base64'));
  return parsed.ok ? parsed.value : undefined;
}

export function whoSection({ chain, signature }: Evidence, { lang, identity }: ViewOptions): Section {
  const say = (text: Words) => words(text, lang);
  const [leaf] = chain?.path ?? [];
  const certificate = certificateOf(leaf?.der);
  const base = { id: 'who', title: say(w.who) } as const;
  if (leaf === undefined || certificate === undefined) return { ...base, note: say(w.whoUnknown), rows: [] };
  const period = fill(w.fromTo, { from: day(leaf.notBefore, lang), to: day(leaf.notAfter, lang) });
  const method = signature?.signer?.algorithm;
  const bits = signature?.signer?.keyBits;
  const certificateRows: Row[] = [
    { label: say(w.issuer), value: nameToString(certificate.issuer) },
    { label: say(w.period), value: say(period) },
    ...(method === undefined
      ? []
      : [{ label: say(w.method), value: `${method}${bits === undefined ? '' : `, ${bits} bit`}` }]),
    { label: say(w.certificate), value: leaf.sha256, code: true },
  ];
  if (!identity) return { ...base, note: say(w.whoHidden), rows: certificateRows };
  return { ...base, note: say(w.whoNote), rows: [...holderRows(certificate, lang), ...certificateRows] };
}

/** 基本4情報 where the certificate holds them, else its subject. */
function holderRows(certificate: Certificate, lang: Register): Row[] {
  const identity = readIdentity(certificate);
  if (identity?.ok !== true)
    return [{ label: words(w.holder, lang), value: nameToString(certificate.subject) }];
  return identityRows(identity.value, lang);
}

function identityRows(identity: Identity, lang: Register): Row[] {
  const say = (text: Words) => words(text, lang);
  const flagged = (value: string, flags: string) =>
    flags.includes('1') ? say(fill(w.substituted, { value })) : value;
  return [
    { label: say(w.personName), value: flagged(identity.name, identity.nameSubstitution) },
    { label: say(w.address), value: flagged(identity.address, identity.addressSubstitution) },
    { label: say(w.birthDate), value: eraDate(identity.birthDate, lang) },
    { label: say(w.sex), value: say(w.sexes[identity.sex]) },
  ];
}

export function whenSection(report: Report, evidence: Evidence, lang: Register): Section {
  const say = (text: Words, values: Record<string, string> = {}) => words(fill(text, values), lang);
  const time = moment(report.controlTime, lang);
  const rows: Row[] = [{ label: say(w.proven), value: say(w.provenBy[proofOf(report, evidence)], { time }) }];
  if (evidence.nonceTime !== undefined) {
    rows.push({ label: say(w.notBefore), value: say(w.nonce, { time: moment(evidence.nonceTime, lang) }) });
  }
  const claimed = report.signer?.signingTime;
  if (claimed !== undefined) {
    rows.push({ label: say(w.claimed), value: say(w.claimedNote, { time: moment(claimed, lang) }) });
  }
  return { id: 'when', title: say(w.when), rows };
}

/** What the upper bound of the signing time rests on: a time stamp counts where it is earlier than arrival and report. */
function proofOf(
  { controlTime, time, timeStamps = [] }: Report,
  { arrivalTime }: Evidence,
): keyof typeof w.provenBy {
  const bound = arrivalTime === undefined ? time : new Date(arrivalTime).toISOString();
  if (timeStamps.some(({ counts }) => counts) && controlTime < bound) return 'stamp';
  return arrivalTime === undefined ? 'now' : 'arrival';
}

export function whatSection({ covers }: FoundSignature, lang: Register): Section {
  const say = (text: Words) => words(text, lang);
  const base = { id: 'what', title: say(w.what) } as const;
  if (covers.length === 0) return { ...base, note: say(w.whatNone), rows: [] };
  const rows = covers.map(({ name, size, sha256 }): Row => {
    const bytes = say(fill(w.bytes, { count: size.toLocaleString('en-US') }));
    return { label: name ?? say(w.inside), value: `${bytes}, SHA-256 ${sha256}`, code: true };
  });
  return { ...base, rows };
}
