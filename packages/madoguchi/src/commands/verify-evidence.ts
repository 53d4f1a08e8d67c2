import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import path from 'node:path';
import {
  collectDocument,
  collectLargeDocument,
  type DocumentFormat,
  detectFormat,
  documentFormats,
  type GivenFile,
  isStreamed,
  readLarge,
} from '@madoguchi/client/documents';
import { type DocumentEvidence, parseDocumentEvidence } from '@madoguchi/pki';
import { CommandError, optional, type Values } from '../cli/command.js';
import { readInput } from '../cli/input.js';
import { isLarge, largeFile } from '../cli/large-file.js';
import { ocspOf } from './ocsp-http.js';
import { trustOf } from './trust.js';
import { timeOf } from './verify.js';
import { faultLines, parseJson, policyOf } from './verify-policy.js';

/** The evidence to judge: collected now, or frozen before (`--from-evidence`). */
export async function evidenceOf(values: Values, word: string | undefined): Promise<DocumentEvidence> {
  const frozen = optional(values, 'from-evidence');
  if (frozen !== undefined) return frozenEvidence(values, frozen, word);
  const isBig = isLarge(word) || isLarge(optional(values, 'content'));
  const large = isBig && word !== undefined && word !== '-' ? await largeEvidence(values, word) : undefined;
  if (large !== undefined) return large;
  const file = fileOf(word);
  const format = formatOf(file);
  const content = optional(values, 'content');
  if (content !== undefined && format.id !== 'cades' && format.id !== 'xml')
    throw new CommandError(
      'usage',
      `--content is for a detached signature; ${format.title} holds what it signs.`,
    );
  const policy = policyOf(values);
  const ocsp = ocspOf(values);
  const time = timeOf(values) ?? new Date();
  return collectDocument({
    format,
    file,
    ...(content === undefined ? {} : { content: fileOf(content) }),
    beside: besideOf(word, format.filesBeside?.(file.bytes) ?? []),
    trust: await trustOf(values, time),
    policy,
    time,
    ...(ocsp === undefined ? {} : { ocsp }),
  });
}

/** A large file's evidence, read in pieces; undefined where its format or its archive time stamps need the whole. */
async function largeEvidence(values: Values, word: string): Promise<DocumentEvidence | undefined> {
  const file = largeFile(word);
  const format = formatOf({ name: file.name, bytes: await file.read(0, Math.min(file.size, 4096)) });
  const content = optional(values, 'content');
  if (!isStreamed(format.id) || (content !== undefined && format.id !== 'cades')) return undefined;
  const document = await readLarge(format, file, content === undefined ? undefined : largeFile(content));
  if (document === undefined) return undefined;
  const ocsp = ocspOf(values);
  const time = timeOf(values) ?? new Date();
  return collectLargeDocument({
    format,
    document,
    name: file.name,
    size: file.size,
    trust: await trustOf(values, time),
    policy: policyOf(values),
    time,
    ...(ocsp === undefined ? {} : { ocsp }),
  });
}

/** Nothing is asked again: what would be asked for is refused rather than ignored. A file, if named, must be the one it is about. */
function frozenEvidence(values: Values, frozen: string, word: string | undefined): DocumentEvidence {
  for (const name of ['content', 'trust', 'crl', 'ocsp', 'data']) {
    if (values[name] !== undefined)
      throw new CommandError(
        'usage',
        `--${name} says what to collect; with --from-evidence all is collected.`,
      );
  }
  const read = parseDocumentEvidence(parseJson(frozen, frozen));
  if (!read.ok) throw new CommandError('usage', faultLines(frozen, read.faults));
  const { evidence } = read;
  if (word !== undefined) {
    const sha256 = createHash('sha256').update(readInput(word)).digest('hex');
    if (sha256 !== evidence.document.sha256)
      throw new CommandError('no', `${word} is not the file that this evidence is about.`);
  }
  return evidence;
}

const fileOf = (word: string | undefined): GivenFile => ({
  bytes: readInput(word),
  name: word === '-' ? 'standard input' : path.basename(word ?? ''),
});

/** The files that the signatures name, as far as they lie in the document's own folder or under it. */
function besideOf(word: string | undefined, names: readonly string[]): GivenFile[] {
  if (word === undefined || word === '-') return [];
  return names.flatMap((name) => {
    const place = path.join(path.dirname(word), name);
    const isFile = statSync(place, { throwIfNoEntry: false })?.isFile() === true;
    return isFile ? [{ name, bytes: readInput(place) }] : [];
  });
}

/** What is no format of ours is read as CMS: the report then says that it cannot be read. */
function formatOf({ bytes, name }: GivenFile): DocumentFormat {
  const found = detectFormat(bytes, name) ?? documentFormats.find(({ id }) => id === 'cades');
  if (found === undefined) throw new Error('no format');
  return found;
}
