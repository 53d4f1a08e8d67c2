import type { Piece } from './pieces.js';
import type { EvidenceStamp } from './stamps.js';

interface Bundle {
  receiptNumber: string;
  agency: { code: string; name: string };
  /** When it was written out. */
  at: Date;
  arrivedAt: Date;
  pieces: readonly Piece[];
  stamps: readonly EvidenceStamp[];
}

/** What stands in a bundle beside the evidence: what each file is, and the commands that check it; lines of commands begin with four blanks. */
export function readme(bundle: Bundle): string {
  return [
    ...whatEachFileIs(bundle),
    ...checkFiles(bundle),
    ...checkStamps(bundle),
    ...checkSignatures(bundle),
    ...compareRoots(bundle),
  ].join('\n');
}

function whatEachFileIs({ receiptNumber, agency, at, arrivedAt }: Bundle): string[] {
  return [
    `${agency.name} (${agency.code})  ${receiptNumber}`,
    '',
    `この申請について保存しているものの全部です。書き出し: ${at.toISOString()}  到達: ${arrivedAt.toISOString()}`,
    `Everything that is kept about this application. Exported ${at.toISOString()}, arrived ${arrivedAt.toISOString()}.`,
    '',
    'arrived/       the envelope as it arrived (encrypted for the agency) and the signed receipt (JWS)',
    'submissions/   what was in it: ASiC-E containers with the applicants’ signatures',
    'looks/         each verification: frozen evidence and the report computed from it',
    'revocation/    the lists (.crl) and OCSP answers (.ors) that the evidence names by SHA-256',
    'certificates/  the certificates of the signatures, and the roots',
    'stamps/        archive time stamps (RFC 3161): list of files, and token over that list',
    'notice/        the agency’s signed notice, where there is one',
    'history.json   what happened, in order',
    '',
    '確かめ方 / How to check it (this folder is the unpacked bundle):',
  ];
}

function checkFiles(bundle: Bundle): string[] {
  const isSigned = named(bundle, /agency-root/).length > 0;
  return [
    '',
    '1. No file was changed since the agency signed the bundle, and the agency signed it:',
    '',
    '    sha256sum -c --quiet MANIFEST.sha256',
    ...(isSigned ? [verifyContainer('', 'certificates/agency-root.pem', bundle.at)] : []),
  ];
}

function checkStamps({ stamps }: Bundle): string[] {
  if (stamps.length === 0) return [];
  return [
    '',
    '2. The evidence was there at the time of the stamps, unchanged since (a later stamp covers the earlier ones):',
    '',
    ...stamps.flatMap(({ seq, at }) => [
      `    sha256sum -c --quiet stamps/${seq}.sha256`,
      `    openssl ts -verify -data stamps/${seq}.sha256 -in stamps/${seq}.tst -token_in -CAfile certificates/tsa-root.pem -attime ${seconds(at)}`,
    ]),
  ];
}

function checkSignatures(bundle: Bundle): string[] {
  const anchors = named(bundle, /^certificates\/anchor-/);
  if (anchors.length === 0) return [];
  const chain = named(bundle, /^certificates\/certificate-/);
  return [
    '',
    '3. The applicants’ signatures over what they sent, and the lists against which their certificates were held:',
    '',
    `    cat ${[...anchors, ...chain].join(' ')} > applicants.pem`,
    ...named(bundle, /^submissions\//).flatMap((name) => {
      const folder = `opened/${name.slice('submissions/'.length, -'.asice'.length)}/`;
      return [
        `    mkdir -p ${folder}`,
        `    unzip -q -o ${name} -d ${folder}`,
        verifyContainer(folder, 'applicants.pem', bundle.arrivedAt),
      ];
    }),
    ...named(bundle, /^revocation\/.*\.crl$/).map(
      (name) => `    openssl crl -inform DER -in ${name} -CAfile applicants.pem -noout`,
    ),
  ];
}

function compareRoots(bundle: Bundle): string[] {
  return [
    '',
    'The roots prove nothing by lying here: compare their fingerprints with what their authorities publish.',
    '',
    ...named(bundle, /root|anchor/).map((name) => `    openssl x509 -in ${name} -noout -fingerprint -sha256`),
    '',
  ];
}

/** The command that verifies an unpacked ASiC-E container's signature as of a time. */
function verifyContainer(folder: string, anchor: string, time: Date): string {
  return `    openssl cms -verify -binary -inform DER -in ${folder}META-INF/signature.p7s -content ${folder}META-INF/ASiCManifest.xml -CAfile ${anchor} -purpose any -attime ${seconds(time)} -out /dev/null`;
}

function named({ pieces }: Bundle, pattern: RegExp): string[] {
  return pieces.map(({ name }) => name).filter((name) => pattern.test(name));
}

/** As OpenSSL takes a time. */
const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
