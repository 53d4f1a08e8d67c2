import { gatherEverySigner, verifySignedData } from '@madoguchi/pki';
import { manifestAmong } from './application-part.js';
import { signCadesAtLevel } from './cades-levels.js';
import { coveredFile } from './covered.js';
import type { DocumentFormat } from './format.js';
import { fromPem, isPem } from './pem.js';

/** CMS in a file of its own: CAdES as we make it, and any CMS SignedData that others make. DER, BER or PEM. */
export const cades: DocumentFormat = {
  id: 'cades',
  title: 'CAdES',
  extension: '.p7s',
  mediaType: 'application/pkcs7-signature',
  detect: (bytes) => bytes[0] === 0x30 || isPem(bytes),
  fault: ({ files }) => {
    if (files.length === 0) return { rule: 'files.none' };
    return files.length > 1 ? { rule: 'files.several' } : manifestAmong(files);
  },
  sign: ({ files, ...input }) => {
    const [file] = files;
    if (file === undefined) throw new TypeError('Nothing to sign.');
    return signCadesAtLevel(file.bytes, { ...input, detached: input.detached === true });
  },
  gather: ({ file, content, trust }) => {
    const cms = isPem(file.bytes) ? fromPem(file.bytes) : file.bytes;
    const beside = content === undefined ? {} : { content: content.bytes };
    const inside = verifySignedData({ cms, ...beside }).content;
    const covers = inside === undefined ? [] : [coveredFile(inside, content?.name)];
    return gatherEverySigner({ ...trust, cms, ...beside }).map((evidence, index) => ({
      id: String(index + 1),
      covers,
      evidence,
    }));
  },
};
