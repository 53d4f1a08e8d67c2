import { existsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type CardSession, cardAlgorithm, type PinSource } from '@madoguchi/client/card';
import {
  DocumentError,
  type DocumentFormat,
  type DocumentSigner,
  documentFormats,
  faultWords,
  type GivenFile,
  isStreamed,
  levels,
  longestPart,
  type SignatureLevel,
  type SignRequest,
  type StreamedFormatId,
  signLarge,
} from '@madoguchi/client/documents';
import { fill, words as wordsIn } from '@madoguchi/ui/words';
import { cardOptions, sessionOf } from '../cli/card-option.js';
import { type Command, CommandError, optional, required, type Values } from '../cli/command.js';
import { isHttpAddress } from '../cli/http.js';
import { readInput } from '../cli/input.js';
import { langOption } from '../cli/language.js';
import { isLarge, largeFile, writeStream } from '../cli/large-file.js';
import { givenPin, pinOptions } from '../cli/pin.js';
import { progress } from '../cli/progress.js';
import { cardBack } from '../cli/wait-for-card.js';
import { withPin } from '../cli/with-pin.js';
import { levelSources } from './level-sources.js';
import { pdfChoicesOf, stampOptions } from './stamp.js';
import { trustOptions } from './trust.js';

function formatOf(values: Values): DocumentFormat {
  const as = required(values, 'as');
  const format = documentFormats.find(({ id }) => id === as);
  if (format !== undefined) return format;
  const known = documentFormats.map(({ id }) => id).sort();
  throw new CommandError('usage', `--as is ${as}: use one of ${known.join(', ')}.`);
}

/** The level, and the authority whose time stamps it needs. */
function levelOf(values: Values): { level: SignatureLevel; timestamp?: string } {
  const wrong = (sentence: string) => new CommandError('usage', sentence);
  const timestamp = optional(values, 'timestamp');
  if (timestamp !== undefined && !isHttpAddress(timestamp))
    throw wrong(`--timestamp is ${timestamp}: write an address beginning with http:// or https://.`);
  const asked = optional(values, 'level') ?? (timestamp === undefined ? 'B' : 'T');
  const level = levels.find((each) => each === asked);
  if (level === undefined) throw wrong(`--level is ${asked}: use one of ${levels.join(', ')}.`);
  if (level === 'B' && timestamp !== undefined)
    throw wrong('Level B has no time stamp: leave --timestamp out, or use level T, LT or LTA.');
  if (level !== 'B' && timestamp === undefined)
    throw wrong(`Level ${level} needs a time-stamping authority: --timestamp URL.`);
  return { level, ...(timestamp === undefined ? {} : { timestamp }) };
}

interface Job extends SignRequest {
  readonly output: string;
}

/** What was asked for beside the level, as far as the format knows it. */
async function choicesOf(
  format: DocumentFormat,
  values: Values,
): Promise<Omit<SignRequest, 'files' | 'level'>> {
  const [element, into] = [optional(values, 'element'), optional(values, 'into')];
  if (format.id !== 'xml' && (element !== undefined || into !== undefined))
    throw new CommandError('usage', '--element and --into are for --as xml.');
  const isPdf = format.id === 'pdf';
  const strange = Object.keys(stampOptions).find((name) => values[name] !== undefined);
  if (strange !== undefined && !isPdf) throw new CommandError('usage', `--${strange} is for --as pdf.`);
  // The registries take a time stamp in their form; in XML a time stamp is XAdES already.
  const isPlain = values.level === undefined && (isPdf || values.timestamp === undefined);
  return {
    ...(values.detached === true ? { detached: true } : {}),
    ...(isPlain ? { plain: true } : {}),
    ...(element === undefined ? {} : { element }),
    ...(into === undefined ? {} : { into }),
    ...(isPdf ? { pdf: await pdfChoicesOf(values) } : {}),
  };
}

/** One job for a container of files; where a format signs one file, one job a file, into a folder. */
async function jobsOf(
  format: DocumentFormat,
  level: SignatureLevel,
  values: Values,
  words: readonly string[],
): Promise<Job[]> {
  const output = required(values, 'output');
  const files = words.map((word) => ({
    name: word === '-' ? 'document' : path.basename(word),
    bytes: readInput(word),
  }));
  const isFolder = output !== '-' && existsSync(output) && statSync(output).isDirectory();
  const choices = { level, ...(await choicesOf(format, values)) };
  const isOneByOne = isFolder && format.id !== 'asic' && files.length > 0;
  const groups: GivenFile[][] = isOneByOne ? files.map((file) => [file]) : [files];
  const jobs = groups.map((group) => ({
    ...choices,
    files: group,
    output: isFolder ? path.join(output, signedName(group[0]?.name ?? '', format)) : output,
  }));
  for (const job of jobs) {
    const fault = format.fault(job);
    if (fault === undefined) continue;
    const sentence = wordsIn(fill(faultWords[fault.rule], { name: fault.name ?? '' }), 'en');
    const hint =
      fault.rule === 'files.several' ? ' Or name a folder with -o: each file is signed into it.' : '';
    throw new CommandError('usage', `${sentence}${hint}`);
  }
  return jobs;
}

/** `letter.txt` becomes `letter.txt.p7s`; what is signed inside keeps its name. */
const signedName = (name: string, { extension }: DocumentFormat): string =>
  name.toLowerCase().endsWith(extension) ? name : `${name}${extension}`;

/** What would only come out when all is signed: an output that cannot be written, or that is one of the files. */
function checkOutputs(jobs: readonly Job[], words: readonly string[]): void {
  const inputs = new Set(words.map((word) => path.resolve(word)));
  const seen = new Set<string>();
  for (const { output } of jobs) {
    if (output === '-') continue;
    const full = path.resolve(output);
    if (inputs.has(full)) throw new CommandError('usage', `${output} is the file to be signed itself.`);
    if (seen.has(full))
      throw new CommandError('usage', `Two of the files would both become ${output}: rename one of them.`);
    seen.add(full);
    if (!existsSync(path.dirname(full)))
      throw new CommandError('usage', `There is no folder ${path.dirname(full)}.`);
  }
}

/** Reads the signer's certificate with the PIN; the PIN waits in this closure until the last file is signed. */
async function cardSigner(
  session: CardSession,
  pin: PinSource,
  options: { lastTry: boolean },
): Promise<DocumentSigner> {
  const certificate = await session.readCertificate('sign', pin, options);
  const mark = await session.mark();
  const algorithm = cardAlgorithm(certificate);
  return {
    certificate,
    issuers: [await session.readCertificate('sign-ca')],
    algorithm,
    sign: (data) => session.sign('sign', pin, data, { algorithm, mark }),
  };
}

/** What a file is in the end: without --level a PDF has the registries' form and XML the plain one. */
function reachedForm({ id, title }: DocumentFormat, { plain, level }: SignRequest): string {
  if (id === 'xml') return plain === true ? title : `XAdES ${level}`;
  if (id !== 'pdf') return `${title} ${level}`;
  if (plain !== true) return `PAdES ${level}`;
  return `PDF, the registries’ form${level === 'B' ? '' : ' with a time stamp'}`;
}

/** Signs with the card's signature key. The PIN is asked for once, when everything else is known to be right. */
export const sign: Command = {
  options: {
    as: { type: 'string' },
    detached: { type: 'boolean' },
    element: { type: 'string' },
    into: { type: 'string' },
    ...stampOptions,
    level: { type: 'string' },
    timestamp: { type: 'string' },
    trust: trustOptions.trust,
    crl: trustOptions.crl,
    ...cardOptions,
    ...pinOptions,
    ...langOption,
    resume: { type: 'boolean' },
    output: { type: 'string', short: 'o' },
  },
  run: async ({ values, words, print }) => {
    const given = givenPin(values);
    const format = formatOf(values);
    const { level, timestamp } = levelOf(values);
    if (isStreamed(format.id) && (level === 'B' || level === 'T') && words.some(isLarge)) {
      const output = required(values, 'output');
      const isFolder = output !== '-' && existsSync(output) && statSync(output).isDirectory();
      if (!isFolder) return signLargeFiles(format.id, level, { values, words, given, output, print });
    }
    const all = await jobsOf(format, level, values, words);
    checkOutputs(all, words);
    const jobs = all.filter(({ output }) => values.resume !== true || output === '-' || !existsSync(output));
    if (jobs.length === 0) {
      print('Nothing is left to sign.');
      return 'good';
    }
    const sources = await levelSources(values, level, timestamp);
    const session = await sessionOf(values);
    const signer = await withPin({ session, kind: 'sign', values, given }, (pin, options) =>
      cardSigner(session, pin, options),
    );
    const { show, clear } = progress(jobs.length);
    for (const [index, { output, ...request }] of jobs.entries()) {
      show(index, request.files[0]?.name ?? '');
      const bytes = await untilSigned({ values, session }, jobs.slice(0, index), () =>
        format.sign({ ...request, ...sources, signer, signingTime: new Date() }).finally(clear),
      );
      if (output === '-') process.stdout.write(bytes);
      else {
        writeFileSync(output, bytes);
        const how = request.detached === true ? ', detached' : '';
        print(`${output}: ${bytes.length} bytes, signed (${reachedForm(format, request)}${how}).`);
      }
    }
    show(jobs.length, 'signed');
    return 'good';
  },
};

/** A ZIP file without zip64, its headers and signature left out. */
const largestContainer = 0xeff00000;

/** Files too large for the memory, read and written in pieces; one document comes out. */
async function signLargeFiles(
  id: StreamedFormatId,
  level: 'B' | 'T',
  job: {
    values: Values;
    words: readonly string[];
    given: ReturnType<typeof givenPin>;
    output: string;
    print: (line: string) => void;
  },
): Promise<'good'> {
  const { values, words, given, output } = job;
  const format = formatOf(values);
  if (words.includes('-')) throw new CommandError('usage', 'Beside a large file everything must be a file.');
  const files = words.map(largeFile);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (id !== 'cades' && total > largestContainer)
    throw new CommandError(
      'usage',
      'A container holds less than 3.75 GiB: sign the files one by one with --as cades --detached.',
    );
  const detached = values.detached === true;
  const named = files.map(({ name }) => ({ name, bytes: new Uint8Array() }));
  const form = { level, ...(detached ? { detached } : {}) };
  let fault = format.fault({ files: named, ...form });
  // What is small is looked at as always, one after the other: an application may stand beside a large file.
  for (const { name, size, read } of files)
    if (size <= longestPart)
      fault ??= format.fault({ files: [{ name, bytes: await read(0, size) }], ...form });
  if (fault !== undefined) {
    const sentence = wordsIn(fill(faultWords[fault.rule], { name: fault.name ?? '' }), 'en');
    throw new CommandError('usage', sentence);
  }
  checkOutputs([{ files: named, level, output }], words);
  const sources = await levelSources(values, level, optional(values, 'timestamp'));
  const session = await sessionOf(values);
  const signer = await withPin({ session, kind: 'sign', values, given }, (pin, options) =>
    cardSigner(session, pin, options),
  );
  const signed = signLarge(id, { files, level, detached, signer, signingTime: new Date(), ...sources });
  const size = await writeStream(output, signed).catch(toCommandError);
  const how = detached ? ', detached' : '';
  if (output !== '-') job.print(`${output}: ${size} bytes, signed (${format.title} ${level}${how}).`);
  return 'good';
}

/**
 * One signature; a card pulled out midway is waited for where somebody can put it back. Where nobody can, what is done already is told, and
 * `--resume` goes on behind it.
 */
async function untilSigned(
  { values, session }: { values: Values; session: CardSession },
  done: readonly Job[],
  work: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (await cardBack(values, error, session.channel.label)) continue;
      if (done.length > 0)
        process.stderr.write(
          `madoguchi: signed so far: ${done.map(({ output }) => output).join(', ')}. The same command with --resume signs the rest.\n`,
        );
      return toCommandError(error);
    }
  }
}

function toCommandError(error: unknown): never {
  if (error instanceof DocumentError) throw new CommandError('unavailable', error.message);
  throw error;
}
