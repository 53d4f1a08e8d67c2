import {
  type AsicContainer,
  type AsicSimple,
  addAsicArchive,
  asicMediaType,
  asicSimpleMediaType,
  gatherEverySigner,
  isSafeEntryName,
  type Parsed,
  readAsic,
  readAsicSimple,
  writeAsic,
  writeAsicSimple,
} from '@madoguchi/pki';
import { applicationAmong, manifestAmong } from './application-part.js';
import { must, needed, signCadesAtLevel } from './cades-levels.js';
import { coveredFile } from './covered.js';
import type { DocumentFault, DocumentFormat, GivenFile, SignRequest } from './format.js';

/** The media type of a container stands stored behind the header of its first entry, `mimetype` (ETSI EN 319 162-1 A.1). */
const mediaTypeAt = 38;

function hasMediaType(bytes: Uint8Array, mediaType: string): boolean {
  const found = Buffer.from(bytes.subarray(mediaTypeAt, mediaTypeAt + mediaType.length)).toString('latin1');
  return isZip(bytes) && found === mediaType;
}

const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b;

function namesFault(files: readonly GivenFile[]): DocumentFault | undefined {
  if (files.length === 0) return { rule: 'files.none' };
  const seen = new Set<string>();
  for (const { name } of files) {
    const isReserved = name.toLowerCase() === 'mimetype' || /^meta-inf(\/|$)/i.test(name);
    if (!isSafeEntryName(name) || isReserved) return { rule: 'file.name', name };
    if (seen.has(name)) return { rule: 'file.sameName', name };
    seen.add(name);
  }
  return undefined;
}

/** The signature beside the files is always detached; inside a container there is no choice. */
const choiceFault = ({ detached }: SignRequest): DocumentFault | undefined =>
  detached === false ? { rule: 'detached' } : undefined;

/** ASiC-E with CAdES (ETSI EN 319 162-1): any files in one container, signed together by their digests. */
export const asic: DocumentFormat = {
  id: 'asic',
  title: 'ASiC-E',
  extension: '.asice',
  mediaType: asicMediaType,
  // A container of neither kind is read as this one, and what is wrong with it is said.
  detect: (bytes) => isZip(bytes) && !hasMediaType(bytes, asicSimpleMediaType),
  fault: (request) => choiceFault(request) ?? namesFault(request.files) ?? applicationAmong(request.files),
  sign: async ({ files, ...input }) => {
    // The archive time stamp of a container is over its files, and stands beside the signature.
    const level = input.level === 'LTA' ? 'LT' : input.level;
    const container = await writeAsic({
      files,
      sign: (manifest) => signCadesAtLevel(manifest, { ...input, level, detached: true }),
    });
    if (input.level !== 'LTA') return container;
    return must(await addAsicArchive(container, { stamp: needed(input.stamp, 'stamp') }));
  },
  gather: ({ file, trust }) => {
    const container: Parsed<AsicContainer> = readAsic(file.bytes);
    const files = container.ok ? [...container.value.files] : [];
    const covers = files.map(([name, bytes]) => coveredFile(bytes, name));
    return numbered(gatherEverySigner({ ...trust, container }), covers);
  },
};

/** ASiC-S with CAdES: one file in a container, signed itself. */
export const asicSimple: DocumentFormat = {
  id: 'asic-s',
  title: 'ASiC-S',
  extension: '.asics',
  mediaType: asicSimpleMediaType,
  detect: (bytes) => hasMediaType(bytes, asicSimpleMediaType),
  fault: (request) =>
    choiceFault(request) ??
    namesFault(request.files) ??
    (request.files.length > 1 ? { rule: 'files.several' } : manifestAmong(request.files)),
  sign: ({ files, ...input }) => {
    const [file] = files;
    if (file === undefined) throw new TypeError('Nothing to sign.');
    return writeAsicSimple({
      file,
      sign: (content) => signCadesAtLevel(content, { ...input, detached: true }),
    });
  },
  gather: ({ file, trust }) => {
    const container: Parsed<AsicSimple> = readAsicSimple(file.bytes);
    const covers = container.ok ? [coveredFile(container.value.bytes, container.value.name)] : [];
    return numbered(gatherEverySigner({ ...trust, container }), covers);
  },
};

const numbered = (
  evidences: ReturnType<typeof gatherEverySigner>,
  covers: ReturnType<typeof coveredFile>[],
) => evidences.map((evidence, index) => ({ id: String(index + 1), covers, evidence }));
