import type { DocumentFault, GivenFile } from './format.js';

/*
 * An application to an agency is a signed container too. Whoever signs files that others gave them must not, without knowing it, sign one: that is
 * done on the agency's page alone, where the agent shows what the application says.
 */

/** What is larger is neither an application nor a container's manifest: no reader takes it for one. */
export const longestPart = 8 << 20;

/** In canonical JSON (RFC 8785) this member can be written in no other way. */
const applicationType = '"type":"madoguchi-application/1"';
const manifestRoot = /<(?:[\w.-]+:)?ASiCManifest[\s/>]/;

/** Among the files of a container there must be no application. */
export function applicationAmong(files: readonly GivenFile[]): DocumentFault | undefined {
  return faultOf(files.find(({ bytes }) => viewOf(bytes).includes(applicationType)));
}

/** A CAdES signature over the manifest of a container is one over its files. */
export function manifestAmong(files: readonly GivenFile[]): DocumentFault | undefined {
  return faultOf(files.find(({ bytes }) => isManifest(viewOf(bytes))));
}

/** Of any reader's: one that is not to the letter counts too. */
const isManifest = (bytes: Buffer) =>
  bytes.includes('ASiCManifest') && manifestRoot.test(bytes.toString('latin1'));

const viewOf = ({ buffer, byteOffset, length }: Uint8Array) => Buffer.from(buffer, byteOffset, length);
const faultOf = (found: GivenFile | undefined): DocumentFault | undefined =>
  found === undefined ? undefined : { rule: 'file.application', name: found.name };
