// How fast is a certificate taken apart, every field and every extension, beside @peculiar/x509?
import 'reflect-metadata';
import { importPublicKey, nameToString, parseCertificate, readIdentity, serialHex } from '@madoguchi/pki';
import * as peculiar from '@peculiar/x509';
import { interleaved, perSecond, type Row, report } from './report.js';
import { makeSubmission } from './submission.js';

const { leaf } = await makeSubmission('rsa2048', { bytes: 10, revoked: 1 });

/** Everything the certificate says, as values; the names also as text, which is how the other side gives them. */
function ours(): unknown[] {
  const parsed = parseCertificate(leaf);
  if (!parsed.ok) throw new Error(parsed.rule);
  const certificate = parsed.value;
  const key = importPublicKey(certificate.spki);
  const identity = readIdentity(certificate);
  if (!key.ok || identity?.ok !== true) throw new Error('not ours');
  const { subject, issuer } = certificate;
  return [nameToString(subject), nameToString(issuer), serialHex(certificate), certificate, key, identity];
}

/** The same of @peculiar/x509: its getters decode when they are asked. */
function theirs(): unknown[] {
  const certificate = new peculiar.X509Certificate(leaf);
  const { subject, issuer, serialNumber, notBefore, notAfter } = certificate;
  const { signatureAlgorithm, publicKey, extensions } = certificate;
  return [
    subject,
    issuer,
    serialNumber,
    notBefore,
    notAfter,
    signatureAlgorithm,
    publicKey,
    extensions.length,
  ];
}

const times = await interleaved(40, [
  { name: 'ours', calls: 400, work: ours },
  { name: 'theirs', calls: 4, work: theirs },
  { name: 'ours, parse', calls: 400, work: () => parseCertificate(leaf) },
  { name: 'theirs, constructor', calls: 10, work: () => new peculiar.X509Certificate(leaf) },
]);
const { of } = times;
const rows: Row[] = [
  {
    what: `certificate of ${leaf.length} octets: every field, name, extension, key and the identity`,
    value: of('ours'),
    unit: 'µs',
    yardstick: `@peculiar/x509, the same without the identity ${of('theirs').toFixed(0)} µs (${perSecond(of('theirs'))})`,
    ratio: times.ratio('ours', 'theirs'),
    target: { of: 'ratio', atLeast: 30 },
  },
  {
    what: 'parseCertificate alone, which decodes all extensions',
    value: of('ours, parse'),
    unit: 'µs',
    yardstick: `@peculiar/x509, constructor alone, which decodes them not ${of('theirs, constructor').toFixed(0)} µs`,
    ratio: times.ratio('ours, parse', 'theirs, constructor'),
    target: { of: 'ratio', atLeast: 30 },
  },
];
report('certificate', rows);
