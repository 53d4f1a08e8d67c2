import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pem, withFiles } from './outside.js';

/** What xmlsec1 is told beside the document. */
export interface XmlsecOptions {
  readonly files?: Record<string, Uint8Array | string>;
  /** Local names of elements whose identifier is signed, with the attribute's name. */
  readonly ids?: readonly (readonly [element: string, attribute: string])[];
  /** Trusted certificate, DER. */
  readonly trusted?: Uint8Array;
  readonly at?: string;
}

const idOptions = (ids: XmlsecOptions['ids']): string[] =>
  (ids ?? []).flatMap(([element, attribute]) => [`--id-attr:${attribute}`, element]);

/** `xmlsec1 --verify`: whether it accepts, and what it says. */
export function xmlsecVerify(document: Uint8Array, options: XmlsecOptions): { ok: boolean; text: string } {
  const { files = {}, trusted, at = '2026-06-01 12:00:00' } = options;
  const all = {
    ...files,
    'document.xml': document,
    ...(trusted === undefined ? {} : { 'root.pem': pem(trusted) }),
  };
  return withFiles(all, (folder) => {
    const trust = trusted === undefined ? [] : ['--trusted-pem', 'root.pem', '--verification-gmt-time', at];
    const words = [
      '--verify',
      ...trust,
      ...idOptions(options.ids),
      '--enabled-key-data',
      'x509',
      'document.xml',
    ];
    const run = spawnSync('xmlsec1', words, { cwd: folder });
    return { ok: run.status === 0, text: `${run.stdout}${run.stderr}` };
  });
}

/** `xmlsec1 --sign` with a key and its certificate over a template; the signed document. */
export function xmlsecSign(
  template: string,
  holder: { readonly pkcs8: Uint8Array; readonly der: Uint8Array },
  options: XmlsecOptions = {},
): Buffer {
  const all = {
    ...options.files,
    'template.xml': template,
    'key.pem': pem(holder.pkcs8, 'PRIVATE KEY'),
    'certificate.pem': pem(holder.der),
  };
  return withFiles(all, (folder) => {
    const words = ['--sign', '--privkey-pem', 'key.pem,certificate.pem', ...idOptions(options.ids)];
    const run = spawnSync('xmlsec1', [...words, '--output', 'signed.xml', 'template.xml'], { cwd: folder });
    if (run.status !== 0) throw new Error(`xmlsec1 --sign: ${run.stderr}`);
    return readFileSync(path.join(folder, 'signed.xml'));
  });
}
