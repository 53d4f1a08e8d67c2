import type { Piece } from './pieces.js';
import type { EvidenceStamp } from './stamps.js';

const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

/** What stands in a bundle beside the evidence: what each file is, and the commands that check it; lines of commands begin with four blanks. */
export function readme(input: {
  receiptNumber: string;
  agency: { code: string; name: string };
  at: Date;
  arrivedAt: Date;
  pieces: readonly Piece[];
  stamps: readonly EvidenceStamp[];
}): string {
  const { receiptNumber, agency, at, arrivedAt, pieces, stamps } = input;
  const named = (pattern: RegExp) => pieces.map(({ name }) => name).filter((name) => pattern.test(name));
  const anchors = named(/^certificates\/anchor-/);
  const chain = named(/^certificates\/certificate-/);
  const submissions = named(/^submissions\//);
  const lists = named(/^revocation\/.*\.crl$/);
  const cmsOf = (folder: string, anchor: string, time: Date) =>
    `    openssl cms -verify -binary -inform DER -in ${folder}META-INF/signature.p7s -content ${folder}META-INF/ASiCManifest.xml -CAfile ${anchor} -purpose any -attime ${seconds(time)} -out /dev/null`;
  const lines = [
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
    '',
    '1. No file was changed since the agency signed the bundle, and the agency signed it:',
    '',
    '    sha256sum -c --quiet MANIFEST.sha256',
    ...(named(/agency-root/).length > 0 ? [cmsOf('', 'certificates/agency-root.pem', at)] : []),
  ];
  if (stamps.length > 0)
    lines.push(
      '',
      '2. The evidence was there at the time of the stamps, unchanged since (a later stamp covers the earlier ones):',
      '',
      ...stamps.flatMap(({ seq, at: time }) => [
        `    sha256sum -c --quiet stamps/${seq}.sha256`,
        `    openssl ts -verify -data stamps/${seq}.sha256 -in stamps/${seq}.tst -token_in -CAfile certificates/tsa-root.pem -attime ${seconds(time)}`,
      ]),
    );
  if (anchors.length > 0) {
    const all = `cat ${[...anchors, ...chain].join(' ')} > applicants.pem`;
    lines.push(
      '',
      '3. The applicants’ signatures over what they sent, and the lists against which their certificates were held:',
      '',
      `    ${all}`,
      ...submissions.flatMap((name) => {
        const folder = `opened/${name.slice('submissions/'.length, -'.asice'.length)}/`;
        return [
          `    mkdir -p ${folder}`,
          `    unzip -q -o ${name} -d ${folder}`,
          cmsOf(folder, 'applicants.pem', arrivedAt),
        ];
      }),
      ...lists.map((name) => `    openssl crl -inform DER -in ${name} -CAfile applicants.pem -noout`),
    );
  }
  lines.push(
    '',
    'The roots prove nothing by lying here: compare their fingerprints with what their authorities publish.',
    '',
    ...named(/root|anchor/).map((name) => `    openssl x509 -in ${name} -noout -fingerprint -sha256`),
    '',
  );
  return lines.join('\n');
}
