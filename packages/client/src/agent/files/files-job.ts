import { randomBytes } from 'node:crypto';
import type { DocumentFormat, GivenFile, SignatureLevel } from '../../documents/format.js';
import { Staged } from '../staged.js';
import type { Trouble } from '../trouble.js';

/** One signature to be made: the files that go into it. */
export interface SignatureWish {
  readonly files: readonly GivenFile[];
  /** What the signed file will be called. */
  readonly output: string;
}

/** A file that was signed, kept until its person has fetched it. */
export interface SignedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type FilesStage =
  | { at: 'ask'; notice?: Trouble }
  | { at: 'working'; name: string }
  | { at: 'done' }
  | { at: 'over'; trouble: Trouble };

/** Files on their way through the card. Its path lies under the agent's own start page; nothing of it is written to disk. */
export class FilesJob extends Staged<FilesStage> {
  readonly id: string = randomBytes(16).toString('hex');
  readonly files: readonly GivenFile[];
  readonly signed: SignedFile[] = [];
  /** How each is signed, once that was said. */
  wishes: { format: DocumentFormat; level: SignatureLevel; list: readonly SignatureWish[] } | undefined;

  constructor(files: readonly GivenFile[]) {
    super({ at: 'ask' });
    this.files = files;
  }
}

const mostJobs = 4;

/** The jobs of this start: a fifth takes the place of the oldest that is not at the card. */
export class FilesJobs {
  readonly #byId = new Map<string, FilesJob>();

  open(files: readonly GivenFile[]): FilesJob | undefined {
    if (this.#byId.size >= mostJobs) {
      const idle = [...this.#byId.values()].find(({ stage }) => stage.at !== 'working');
      if (idle === undefined) return undefined;
      this.drop(idle);
    }
    const job = new FilesJob(files);
    this.#byId.set(job.id, job);
    return job;
  }

  get(id: string): FilesJob | undefined {
    return this.#byId.get(id);
  }

  drop(job: FilesJob): void {
    this.#byId.delete(job.id);
  }

  close(): void {
    this.#byId.clear();
  }
}

/** What the receivers of today take: for a PDF the registries' form, as `madoguchi sign` without a level. */
const usualForm = { level: 'B', plain: true } as const;

/** How a format is told the level: B in the form of today's receivers, the others as the ETSI profiles have them. */
export function formFor(level: SignatureLevel): { level: SignatureLevel; plain?: true } {
  return level === 'B' ? usualForm : { level };
}

/** The formats that can take these files, each signed by itself; and, for several, one container for all. */
export function formatsFor(
  files: readonly GivenFile[],
  formats: readonly DocumentFormat[],
): DocumentFormat[] {
  return formats.filter((format) =>
    groupsFor(format, files).every((group) => format.fault({ files: group, ...usualForm }) === undefined),
  );
}

/** ASiC-E takes all files into one container; every other format signs them one by one. */
function groupsFor({ id }: DocumentFormat, files: readonly GivenFile[]): GivenFile[][] {
  return id === 'asic' ? [[...files]] : files.map((file) => [file]);
}

export function wishesFor(format: DocumentFormat, files: readonly GivenFile[]): SignatureWish[] {
  const taken = new Set<string>();
  return groupsFor(format, files).map((group) => {
    const output = freeName(outputName(group[0]?.name ?? 'document', format.extension), taken);
    taken.add(output);
    return { files: group, output };
  });
}

/** 契約.pdf → 契約.pdf.p7s; but a format that keeps its ending (PDF in PDF) → 契約-signed.pdf. */
function outputName(name: string, extension: string): string {
  const same = name.toLowerCase().endsWith(extension.toLowerCase());
  return same ? `${name.slice(0, -extension.length)}-signed${extension}` : `${name}${extension}`;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? name : name.replace(/(\.[^.]*)?$/, `-${number}$1`);
    if (!taken.has(tried)) return tried;
  }
}
