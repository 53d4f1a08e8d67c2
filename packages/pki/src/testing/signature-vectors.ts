import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bitString, oid, sequence, unsignedInteger } from '../der/write.js';
import type { SignatureAlgorithm } from '../key/algorithm.js';
import { importPublicKey, spkiFromRsa } from '../key/import.js';
import { verifySignature } from '../key/verify.js';
import { algorithms } from '../oids.js';
import { vectorsFolder } from './outside.js';

/** How we answered the tests of one file. */
export interface VectorResult {
  tests: number;
  /** Right answers where the suite says valid, and where it says invalid. */
  accepted: number;
  rejected: number;
  /** Tests for which the suite takes either answer; ours is given in words. */
  acceptable: string[];
  /** Not tried, because the key itself is refused. */
  refusedKeys: number;
  wrong: string[];
}

const none = (): VectorResult => ({
  tests: 0,
  accepted: 0,
  rejected: 0,
  acceptable: [],
  refusedKeys: 0,
  wrong: [],
});

const file = (name: string, algorithm: SignatureAlgorithm) => [`${name}_test.json`, algorithm] as const;

/** Every file of `testvectors_v1` for an algorithm and a key of ours; of 8192 bits only where a policy lets them in. */
export const wycheproofFiles = [
  ...(['2048', '3072', '4096', '8192'] as const).flatMap((bits) =>
    (['sha256', 'sha384', 'sha512'] as const).map((hash) =>
      file(`rsa_signature_${bits}_${hash}`, `rsa-${hash}`),
    ),
  ),
  file('rsa_pss_2048_sha256_mgf1_32', 'pss-sha256'),
  file('rsa_pss_2048_sha384_mgf1_48', 'pss-sha384'),
  file('rsa_pss_3072_sha256_mgf1_32', 'pss-sha256'),
  file('rsa_pss_4096_sha256_mgf1_32', 'pss-sha256'),
  file('rsa_pss_4096_sha384_mgf1_48', 'pss-sha384'),
  file('rsa_pss_4096_sha512_mgf1_64', 'pss-sha512'),
  file('ecdsa_secp256r1_sha256', 'ecdsa-sha256'),
  file('ecdsa_secp256r1_sha512', 'ecdsa-sha512'),
  file('ecdsa_secp384r1_sha256', 'ecdsa-sha256'),
  file('ecdsa_secp384r1_sha384', 'ecdsa-sha384'),
  file('ecdsa_secp384r1_sha512', 'ecdsa-sha512'),
];

/** Wycheproof's files are not ours to carry: they are looked for beside the checkout, or in the folder that WYCHEPROOF names. */
export function wycheproofPlace(file: string): string | undefined {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const beside = ['../../../../..', '../../../../../..'].map((up) =>
    path.resolve(here, up, 'shared/data/wycheproof'),
  );
  const folders = process.env.WYCHEPROOF === undefined ? beside : [process.env.WYCHEPROOF, ...beside];
  return folders.map((folder) => path.join(folder, file)).find((place) => existsSync(place));
}

interface Wycheproof {
  testGroups: { publicKeyDer: string; tests: { tcId: number; msg: string; sig: string; result: string }[] }[];
}

export function answerWycheproof(place: string, algorithm: SignatureAlgorithm): VectorResult {
  const { testGroups } = JSON.parse(readFileSync(place, 'utf8')) as Wycheproof;
  const result = none();
  for (const { publicKeyDer, tests } of testGroups) {
    const key = importPublicKey(Buffer.from(publicKeyDer, 'hex'), { maximumRsaBits: 8192 });
    for (const { tcId, msg, sig, result: right } of tests) {
      const yes =
        key.ok && verifySignature(algorithm, key.key, Buffer.from(msg, 'hex'), Buffer.from(sig, 'hex'));
      result.tests++;
      if (right === 'acceptable') result.acceptable.push(`${tcId} ${yes ? 'accepted' : 'rejected'}`);
      else note(result, `${tcId}`, yes, right === 'valid');
    }
  }
  return result;
}

function note(result: VectorResult, name: string, answer: boolean, right: boolean): void {
  if (answer !== right) result.wrong.push(name);
  else if (answer) result.accepted++;
  else result.rejected++;
}

const rsaDigests: Record<string, SignatureAlgorithm> = {
  SHA1: 'rsa-sha1',
  SHA256: 'rsa-sha256',
  SHA384: 'rsa-sha384',
  SHA512: 'rsa-sha512',
};

/** SigVer15_186-3.rsp: PKCS#1 v1.5 signatures. SHA-224 is no algorithm of ours and is left out. */
export function answerCavsRsa(): VectorResult {
  const result = none();
  const fields: Record<string, string> = {};
  const hex = (field: string): Buffer => {
    const text = fields[field] ?? '';
    return Buffer.from(text.length % 2 === 0 ? text : `0${text}`, 'hex');
  };
  for (const line of cavsLines('RSA/FIPS_186-2/SigVer15_186-3.rsp')) {
    const match = /^\[?(\w+) = ([^\]]*?)\s*\]?$/.exec(line);
    if (match === null) continue;
    const [, name = '', value = ''] = match;
    fields[name] = value;
    const algorithm = rsaDigests[fields.SHAAlg ?? ''];
    if (name !== 'Result' || algorithm === undefined) continue;
    result.tests++;
    const key = importPublicKey(spkiFromRsa(hex('n'), hex('e')), { minimumRsaBits: 1024 });
    // Some keys there have exponents beyond 32 bits, which we refuse whatever the signature.
    if (!key.ok && key.rule === 'key.rsa.exponent') result.refusedKeys++;
    else {
      const answer = key.ok && verifySignature(algorithm, key.key, hex('Msg'), hex('S'));
      note(result, `case ${result.tests}`, answer, value.startsWith('P'));
    }
  }
  return result;
}

const ecCurves = { 'P-256': [algorithms.p256, 32], 'P-384': [algorithms.p384, 48] } as const;
const ecDigests: Record<string, SignatureAlgorithm> = {
  'SHA-256': 'ecdsa-sha256',
  'SHA-384': 'ecdsa-sha384',
  'SHA-512': 'ecdsa-sha512',
};

/** SigVer.rsp: ECDSA on our two curves with our three digests; the other curves and digests of the file are left out. */
export function answerCavsEcdsa(): VectorResult {
  const result = none();
  const fields: Record<string, string> = {};
  let curve: (typeof ecCurves)[keyof typeof ecCurves] | undefined;
  let algorithm: SignatureAlgorithm | undefined;
  for (const line of cavsLines('ECDSA/FIPS_186-3/SigVer.rsp')) {
    const section = /^\[([PKB]-\d+),(SHA-\d+)\]/.exec(line);
    if (section !== null) {
      curve = Object.entries(ecCurves).find(([name]) => name === section[1])?.[1];
      algorithm = ecDigests[section[2] ?? ''];
    }
    const match = /^(\w+) = (.*?)\s*$/.exec(line);
    if (match === null) continue;
    fields[match[1] ?? ''] = match[2] ?? '';
    if (match[1] !== 'Result' || curve === undefined || algorithm === undefined) continue;
    const [id, size] = curve;
    const hex = (field: string): Buffer => Buffer.from((fields[field] ?? '').padStart(2 * size, '0'), 'hex');
    const point = Uint8Array.of(4, ...hex('Qx').subarray(-size), ...hex('Qy').subarray(-size));
    const spki = sequence(sequence(oid(algorithms.ecPublicKey), oid(id)), bitString(point));
    const key = importPublicKey(spki);
    const signature = sequence(unsignedInteger(hex('R')), unsignedInteger(hex('S')));
    const answer =
      key.ok && verifySignature(algorithm, key.key, Buffer.from(fields.Msg ?? '', 'hex'), signature);
    result.tests++;
    note(result, `case ${result.tests}`, answer, fields.Result?.startsWith('P') === true);
  }
  return result;
}

function cavsLines(file: string): string[] {
  return readFileSync(path.join(vectorsFolder, 'asymmetric', file), 'latin1').split(/\r?\n/);
}
