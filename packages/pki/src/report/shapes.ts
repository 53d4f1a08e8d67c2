import { list, text, whole } from './shape.js';

/** Texts that stand in several documents. */
export const moment = text(
  'a moment in ISO 8601 with its zone',
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/,
  (written) => !Number.isNaN(Date.parse(written)),
);
export const objectIdentifier = text('an object identifier', /^[0-2](\.\d{1,20}){1,40}$/);
export const sha256Hex = text('a SHA-256 digest, 64 hexadecimal digits', /^[0-9a-f]{64}$/);

/** The files that a signature covers. */
export const coveredFiles = list({
  kind: 'object',
  required: { sha256: sha256Hex, size: whole() },
  optional: { name: text('name of the file') },
});
