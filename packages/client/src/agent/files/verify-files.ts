import { citizenSignaturePolicy, evaluate, type FoundSignature, type Report } from '@madoguchi/pki';
import type { DocumentFormat, GivenFile } from '../../documents/format.js';
import { detectFormat } from '../../documents/formats.js';

/** What was found in one file. */
export type VerifiedFile =
  | { file: GivenFile; kind: 'unsigned' }
  | {
      file: GivenFile;
      kind: 'signed';
      format: DocumentFormat;
      signatures: { covers: FoundSignature['covers']; report: Report }[];
    };

/**
 * Judges every signature of the given files. A detached signature (`name.p7s`) takes its content from the file `name` that was given with it,
 * which then needs no line of its own. Pure.
 */
export function verifyFiles(
  files: readonly GivenFile[],
  trust: { anchors: readonly Uint8Array[]; demo: boolean; time: Date },
): VerifiedFile[] {
  const policy = { ...citizenSignaturePolicy, demo: trust.demo };
  const contents = new Set<GivenFile>();
  const results = files.map((file): VerifiedFile => {
    const format = detectFormat(file.bytes, file.name);
    if (format === undefined) return { file, kind: 'unsigned' };
    const content = contentOf(file, files);
    if (content !== undefined) contents.add(content);
    const found = format.gather({
      file,
      ...(content === undefined ? {} : { content }),
      trust: { policy: policy.id, anchors: [...trust.anchors], time: trust.time },
    });
    const signatures = found.map(({ covers, evidence }) => ({
      covers,
      report: evaluate(evidence, policy, trust.time),
    }));
    return { file, kind: 'signed', format, signatures };
  });
  return results.filter(({ file, kind }) => kind === 'signed' || !contents.has(file));
}

function contentOf(file: GivenFile, files: readonly GivenFile[]): GivenFile | undefined {
  const name = /^(.+)\.(?:p7s|p7m|sig)$/i.exec(file.name)?.[1];
  return name === undefined ? undefined : files.find((one) => one !== file && one.name === name);
}
