import { parseCertificate } from '@madoguchi/pki/certificates';
import { loadCrl } from '@madoguchi/pki/validation';
import type { Register } from '@madoguchi/ui';
import { type Command, CommandError } from '../cli/command.js';
import { derValues, readInput } from '../cli/input.js';
import { langOption, languageOf } from '../cli/language.js';
import { certificateLines, documentLines, seen } from './certificate-text.js';
import { certificateDocument } from './certificate-view.js';
import { listDocument } from './list-view.js';
import { requestDocument } from './request-view.js';

interface Shown {
  readonly document: Record<string, unknown>;
  readonly lines: readonly string[];
}

const labels = [
  'CERTIFICATE',
  'TRUSTED CERTIFICATE',
  'X509 CRL',
  'CERTIFICATE REQUEST',
  'NEW CERTIFICATE REQUEST',
];

/** A certificate, else a revocation list, else a request; what is none of them ends the command with the rule of the first. */
async function show(der: Uint8Array, register: Register): Promise<Shown> {
  const certificate = parseCertificate(der);
  if (certificate.ok)
    return {
      document: certificateDocument(certificate.value),
      lines: await certificateLines(der, register, new Date()),
    };
  const list = loadCrl(der);
  if (list.ok) return described('失効リスト (certificate revocation list)', listDocument(list.crl));
  const request = requestDocument(der);
  if (request.ok) return described('証明書の発行要求 (certification request)', request.value);
  throw new CommandError(
    'no',
    `This is not a certificate: ${certificate.rule} at byte ${certificate.offset}. Nor is it a revocation list (${list.rule}) or a request (${request.rule}).`,
  );
}

function described(title: string, document: Record<string, unknown>): Shown {
  const { kind: _, ...fields } = document;
  return { document, lines: [title, ...documentLines(fields)].map(seen) };
}

/** Every field of each certificate in a file, of a revocation list, or of a request. With `--json` the first is the document. */
export const certShow: Command = {
  options: { ...langOption, json: { type: 'boolean' } },
  run: async ({ values, words, print, printJson }) => {
    const ders = derValues(readInput(words[0]), labels);
    if (ders.length === 0)
      throw new CommandError(
        'no',
        'There is no certificate in this file, nor a revocation list or a request.',
      );
    const register = languageOf(values);
    const shown = await Promise.all(ders.map((der) => show(der, register)));
    const [first, ...others] = shown.map(({ document }) => document);
    if (values.json === true) printJson(others.length === 0 ? first : { ...first, others });
    else
      for (const [index, { lines }] of shown.entries())
        print([...(index === 0 ? [] : ['']), ...lines].join('\n'));
    return 'good';
  },
};
