import { nameToString } from '@madoguchi/pki/certificates';
import type { Evidence, EvidenceCertificate, RevocationItem } from '@madoguchi/pki/documents';
import { fill, type Register, type Words, words } from '@madoguchi/ui/words';
import type { Row, Section } from './report-view.js';
import { reportWords as w } from './report-words.js';
import { certificateOf, day, moment } from './signature-view.js';

/** What the answer rests on, each with its origin and time: the path, and every piece of revocation information. */
export function evidenceSection(evidence: Evidence, lang: Register): Section {
  const say = (text: Words) => words(text, lang);
  const path = evidence.chain?.path ?? [];
  const names = new Map(
    [path, ...(evidence.timeStamps ?? []).map(({ chain }) => chain?.path ?? [])].flatMap((each) =>
      each.map((certificate, index) => {
        const isSigner = each === path && index === 0;
        return [certificate.sha256, isSigner ? say(w.theSigner) : nameOf(certificate)] as const;
      }),
    ),
  );
  const rows: Row[] = [
    ...path.map((certificate, index): Row => {
      const { notBefore, notAfter, sha256 } = certificate;
      const dates = { from: day(notBefore, lang), to: day(notAfter, lang) };
      const value = say(fill(w.pathOf, { name: names.get(sha256) ?? '', ...dates }));
      return { label: index === 0 ? say(w.path) : '', value };
    }),
    ...evidence.revocation.map((item) => itemRow(item, names.get(item.certificate) ?? '', lang)),
    ...(evidence.attempts ?? []).map(({ source, failure, at }): Row => {
      const value = say(fill(w.attemptOf, { source: source || '—', failure, at: moment(at, lang) }));
      return { label: say(w.attempt), value };
    }),
  ];
  const base = { id: 'evidence', title: say(w.evidence), rows } as const;
  return evidence.revocation.length === 0 ? { ...base, note: say(w.noEvidence) } : base;
}

function nameOf({ der }: EvidenceCertificate): string {
  const certificate = certificateOf(der);
  return certificate === undefined ? '—' : nameToString(certificate.subject);
}

function itemRow(item: RevocationItem, about: string, lang: Register): Row {
  const say = (text: Words, values: Record<string, string> = {}) => words(fill(text, values), lang);
  const until = item.nextUpdate === undefined ? '' : say(w.until, { time: moment(item.nextUpdate, lang) });
  const times =
    item.thisUpdate === undefined
      ? ''
      : say(w.itemTimes, {
          from: moment(item.thisUpdate, lang),
          until,
          source: item.source === 'signature' ? say(w.insideSignature) : item.source,
          at: moment(item.obtainedAt, lang),
        });
  return {
    label: say(item.kind === 'crl' ? w.crl : w.ocsp),
    value: [about, says(item, lang), times, `SHA-256 ${item.sha256}`]
      .filter((part) => part !== '')
      .join(' — '),
  };
}

function says(
  { authentic, rule = '', status, revokedAt, reason = '' }: RevocationItem,
  lang: Register,
): string {
  if (!authentic || status === undefined) return words(fill(w.says.refused, { rule }), lang);
  if (status !== 'revoked') return words(w.says[status], lang);
  return words(fill(w.says.revoked, { time: moment(revokedAt ?? '', lang), reason }), lang);
}
