import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseCertificate } from '../certificate/parse.js';
import { verifySignedData } from '../cms/verify-signed-data.js';
import { type CrlIndex, loadCrl } from '../crl/load.js';
import { type PathInput, type PathResult, validatePath } from '../path/validate.js';
import { pkitsFolder } from './outside.js';

/** One test of NIST PKITS under one setting; file names are those of the suite. */
export interface PkitsCase {
  id: string;
  name: string;
  settings: Partial<PathInput>;
  anchor: string;
  /** From the anchor's side. */
  intermediates: string[];
  leaf: string;
  crls: string[];
  valid: boolean;
}

export const pkitsCases = JSON.parse(
  readFileSync(new URL('../../testdata/pkits-cases.json', import.meta.url), 'utf8'),
) as PkitsCase[];

export const pkitsTime = new Date('2026-06-01T00:00:00Z');

/** Signed with DSA, which is not supported: the answer must be no, whatever the suite says. */
export const dsaCases: ReadonlySet<string> = new Set(['4.1.4', '4.1.5', '4.1.6']);

/** A validator to be put to the test: `validatePath` or anything that must agree with it. */
export type Validator = (input: PathInput) => PathResult;

export interface PkitsFiles {
  certificates: ReadonlyMap<string, Uint8Array>;
  crls: ReadonlyMap<string, Uint8Array>;
}

export function pkitsFiles(): PkitsFiles {
  const read = (folder: string): Map<string, Uint8Array> =>
    new Map(
      readdirSync(path.join(pkitsFolder, folder)).map((file) => [
        file,
        readFileSync(path.join(pkitsFolder, folder, file)),
      ]),
    );
  return { certificates: read('certs'), crls: read('crls') };
}

/** The suite's own input for a case: the listed path and lists, nothing more. */
export function listedInput(each: PkitsCase, { certificates, crls }: PkitsFiles): PathInput {
  const get = (map: ReadonlyMap<string, Uint8Array>, file: string): Uint8Array => {
    const found = map.get(file);
    if (found === undefined) throw new Error(`PKITS has no ${file}`);
    return found;
  };
  return {
    ...each.settings,
    leaf: get(certificates, each.leaf),
    intermediates: each.intermediates.map((file) => get(certificates, file)),
    anchors: [get(certificates, each.anchor)],
    crls: each.crls.map((file) => get(crls, file)),
    time: pkitsTime,
  };
}

export interface PkitsPool {
  intermediates: NonNullable<PathInput['intermediates']>;
  crls: CrlIndex[];
}

/** Every CA certificate and every list of the suite that can be read, for paths that must be found among all of them. */
export function wholePool({ certificates, crls }: PkitsFiles): PkitsPool {
  const intermediates = [...certificates].flatMap(([file, der]) => {
    const isCa = file !== 'TrustAnchorRootCertificate.crt' && !file.endsWith('EE.crt');
    const parsed = isCa ? parseCertificate(der) : undefined;
    return parsed?.ok ? [parsed.value] : [];
  });
  const lists = [...crls.values()].flatMap((der) => {
    const loaded = loadCrl(der);
    return loaded.ok ? [loaded.crl] : [];
  });
  return { intermediates, crls: lists };
}

/** The signed part with its header, and the signature, cut out of a multipart/signed message byte for byte. */
function cutMessage(message: string): { content: Buffer; cms: Buffer } {
  const boundary = /boundary="([^"]+)"/.exec(message)?.[1] ?? '';
  const [, part = '', attachment = ''] = message.split(`--${boundary}`);
  const content = part.replace(/^\r?\n/, '').replace(/\r?\n$/, '');
  const base64 = attachment.slice(attachment.search(/\r?\n\r?\n/)).replaceAll(/\s/g, '');
  return { content: Buffer.from(content, 'latin1'), cms: Buffer.from(base64, 'base64') };
}

export interface PkitsMessage {
  name: string;
  content: Buffer;
  cms: Buffer;
  /** The right verdict under default settings. */
  valid: boolean;
}

/** Messages without "Valid" or "Invalid" in their name that are invalid when any policy is acceptable. */
const invalidByDefault = /DifferentPoliciesTest(4|5|7|8|9|12)\.|MissingCRLTest1\./;

export function pkitsMessages(): PkitsMessage[] {
  const folder = path.join(pkitsFolder, 'smime');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .map((name) => ({
      name,
      ...cutMessage(readFileSync(path.join(folder, name), 'latin1')),
      valid: /^SignedInvalid/.test(name) ? false : /^SignedValid/.test(name) || !invalidByDefault.test(name),
    }));
}

/** A message from its bytes to its verdict: the signature, then the path from what it carries, with the anchor alone from us. */
export function judgeMessage(
  { content, cms }: PkitsMessage,
  validate: Validator = validatePath,
): { valid: boolean; rule: string } {
  const result = verifySignedData({ cms, content });
  const leaf = result.signers[0]?.certificate;
  if (!result.ok || leaf === undefined) return { valid: false, rule: result.rule ?? '' };
  const anchor = readFileSync(path.join(pkitsFolder, 'certs/TrustAnchorRootCertificate.crt'));
  const { certificates, crls } = result;
  const { valid, rule } = validate({
    leaf,
    intermediates: certificates,
    anchors: [anchor],
    crls,
    time: pkitsTime,
  });
  return { valid, rule: rule ?? '' };
}
