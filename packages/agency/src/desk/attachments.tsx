/** The files of an application on the desk: listed with what was found in them, and handed out as downloads only. */
import { markText } from '@madoguchi/procedure';
import { fill, Notice, P, T } from '@madoguchi/ui';
import type { Context } from 'hono';
import { type AttachmentFinding, findingWords } from '../attachments/inspect.js';
import { disposition } from './disposition.js';
import { texts } from './texts.js';

interface DeskFile {
  /** Its place among all files of the application. */
  readonly index: number;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** `address`: of the page, the files lie below it. `findings`: of each file, in the same order. */
export function AttachmentList({
  files,
  findings,
  address,
}: {
  files: readonly DeskFile[];
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

/** Never shown by the browser, whatever it is: an HTML or SVG file would be script on the desk's origin. */
export function sendFile(c: Context, { index, name, bytes }: DeskFile) {
  return c.body(Uint8Array.from(bytes), 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': disposition(name, index),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  });
}
