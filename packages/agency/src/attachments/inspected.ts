import { type Submission, sha256Hex } from '@madoguchi/procedure';
import { type AttachmentFinding, inspectAttachment } from './inspect.js';
import type { Scanner } from './scanner.js';

const mostKept = 500;

/** Inspects the files of applications, each once: what was found is kept by name and digest, except that a scanner did not answer. */
export function attachmentInspector(scan?: Scanner) {
  const kept = new Map<string, AttachmentFinding[]>();
  async function inspect({ name, bytes }: Submission['attachments'][number]): Promise<AttachmentFinding[]> {
    const key = `${sha256Hex(bytes)} ${name}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const findings = [...inspectAttachment(name, bytes).findings];
    const verdict = scan === undefined ? 'clean' : await scan(bytes);
    if (verdict === 'malware') findings.unshift('malware');
    if (verdict === 'unknown') return [...findings, 'notScanned'];
    kept.set(key, findings);
    for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest);
    return findings;
  }
  return (attachments: Submission['attachments']): Promise<AttachmentFinding[][]> =>
    Promise.all(attachments.map(inspect));
}
