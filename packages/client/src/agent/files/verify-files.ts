import { citizenSignaturePolicy, type DocumentReport, evaluateDocument } from '@madoguchi/pki';
import { collectDocument } from '../../documents/collect.js';
import type { DocumentFormat, GivenFile } from '../../documents/format.js';
import { detectFormat } from '../../documents/formats.js';
import { type Asking, responders } from './authorities.js';

/** Whether an authority's word on revocation was asked for. */
export type AskedRevocation = 'nobody' | 'silent' | 'answered';

/** What was found in one file. */
export type VerifiedFile =
  | { file: GivenFile; kind: 'unsigned' }
  | {
      file: GivenFile;
      kind: 'signed';
      format: DocumentFormat;
      asked: AskedRevocation;
      signatures: DocumentReport['signatures'];
    };

/**
 * Judges every signature of the given files. A detached signature (`name.p7s`) takes its content from the file `name` that was given with it,
 * which then needs no line of its own. Responders are asked about certificates on trusted paths, nobody about anything else; a silent one
 * rejects nothing.
 */
export async function verifyFiles(
  files: readonly GivenFile[],
  trust: { anchors: readonly Uint8Array[]; demo: boolean },
  asking: Asking,
): Promise<VerifiedFile[]> {
  const { responder, timeStamp } = asking.authorities;
  const policy = { ...citizenSignaturePolicy, demo: trust.demo };
  const contents = new Set<GivenFile>();
  const results: VerifiedFile[] = [];
  for (const file of files) {
    const format = detectFormat(file.bytes, file.name);
    if (format === undefined) {
      results.push({ file, kind: 'unsigned' });
      continue;
    }
    const content = contentOf(file, files);
    if (content !== undefined) contents.add(content);
    const evidence = await collectDocument({
      format,
      file,
      ...(content === undefined ? {} : { content }),
      trust: {
        anchors: [...trust.anchors],
        revocation: [],
        ...(timeStamp === undefined ? {} : { timeStampAnchors: [...timeStamp.anchors] }),
      },
      policy,
      time: asking.clock(),
      ...(responder === undefined ? {} : { ocsp: responders(asking) }),
    });
    const failed = evidence.signatures.some(({ evidence: found }) => (found.attempts ?? []).length > 0);
    const asked = responder === undefined ? 'nobody' : failed ? 'silent' : 'answered';
    results.push({ file, kind: 'signed', format, asked, signatures: evaluateDocument(evidence).signatures });
  }
  return results.filter(({ file, kind }) => kind === 'signed' || !contents.has(file));
}

function contentOf(file: GivenFile, files: readonly GivenFile[]): GivenFile | undefined {
  const name = /^(.+)\.(?:p7s|p7m|sig)$/i.exec(file.name)?.[1];
  return name === undefined ? undefined : files.find((one) => one !== file && one.name === name);
}
