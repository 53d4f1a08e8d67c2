/** The files of an application on the desk: listed with what was found in them. */
import { markText } from '@madoguchi/procedure';
import { fill, Notice, P, T } from '@madoguchi/ui';
import { type AttachmentFinding, findingWords } from '../attachments/inspect.js';
import type { SentFile } from '../attachments/send-file.js';
import { texts } from './texts.js';

/** `address`: of the page, the files lie below it. `findings`: of each file, in the same order. */
export function AttachmentList({
  files,
  findings,
  address,
}: {
  files: readonly SentFile[];
  findings: readonly (readonly AttachmentFinding[])[];
  address: string;
}) {
  if (files.length === 0) return null;
  return (
    <>
      <P w={texts.downloadNote} quiet />
      <ul>
        {files.map(({ index, name, bytes }, place) => (
          <li>
            <a href={`${address}/attachments/${index}`} download>
              <T w={fill(texts.download, { name: markText(name) })} />
            </a>{' '}
            ({Math.ceil(bytes.length / 1024)} kB)
            {(findings[place] ?? []).map((finding) => (
              <Notice
                kind={finding === 'malware' || finding === 'program' || finding === 'bomb' ? 'bad' : 'check'}
              >
                <P w={findingWords[finding]} />
              </Notice>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}
