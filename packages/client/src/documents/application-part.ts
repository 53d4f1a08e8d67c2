import type { DocumentFault, GivenFile } from './format.js';

/*
 * An application to an agency is a signed container too. Whoever signs files that others gave them must not, without knowing it, sign one: that is
 * done on the agency's page alone, where the agent shows what the application says.
 */

/** The most that an application or a container's manifest takes. */
export const longestPart = 4 << 20;

/** In canonical JSON (RFC 8785) this member can be written in no other way. */
const applicationType = '"type":"madoguchi-application/1"';
const manifestRoot = /<(?:[\w.-]+:)?ASiCManifest[\s/>]/;

function isIn(bytes: Uint8Array, isIt: (text: string) => boolean): boolean {
  return bytes.length <= longestPart && isIt(Buffer.from(bytes).toString('latin1'));
}

/** Among the files of a container there must be no application. */
export function applicationAmong(files: readonly GivenFile[]): DocumentFault | undefined {
  const found = files.find(({ bytes }) => isIn(bytes, (text) => text.includes(applicationType)));
  return found === undefined ? undefined : { rule: 'file.application', name: found.name };
}

/** A CAdES signature over the manifest of a container is one over its files. */
export function manifestAmong(files: readonly GivenFile[]): DocumentFault | undefined {
  const found = files.find(({ bytes }) => isIn(bytes, (text) => manifestRoot.test(text)));
  return found === undefined ? undefined : { rule: 'file.application', name: found.name };
}
