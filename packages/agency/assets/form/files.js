// The files that were chosen, as the request names them, with what is to be said of them before they are signed.
import { form, isAsked } from './dom.js';
import { lookEarly } from './early.js';

/** By file: once for each that was chosen. */
const looks = new WeakMap();
/** Digests of files of which the reader has heard: they may be sent as they are. */
const told = new Set();

export function fileInputs() {
  return [...form.querySelectorAll('input[type=file]')].filter(isAsked);
}

function chosen() {
  return fileInputs().flatMap((input) => [...input.files].map((file) => ({ file, rule: input.name })));
}

function look(file) {
  const known = looks.get(file) ?? { promise: lookAt(file) };
  looks.set(file, known);
  known.promise.then((found) => {
    known.found = found;
  });
  return known.promise;
}

async function lookAt(file) {
  const octets = new Uint8Array(await file.arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', octets));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { sha256, findings: lookEarly(file.name, octets).findings };
}

export async function describeFiles() {
  return Promise.all(
    chosen().map(async ({ file, rule }) => {
      const { sha256, findings } = await look(file);
      return { name: file.name, size: file.size, sha256, rule, findings, told: told.has(sha256) };
    }),
  );
}

/** The reader was shown what the server said of these. */
export function tellFiles(described) {
  for (const { sha256, findings } of described) if (findings.length > 0) told.add(sha256);
}

/** Something is to be said of a file before a window is opened. */
export function hasUntold() {
  return chosen().some(({ file }) => {
    const found = looks.get(file)?.found;
    return found !== undefined && found.findings.length > 0 && !told.has(found.sha256);
  });
}

// Looked at when they are chosen: at the press it is known.
form.addEventListener('change', (event) => {
  if (event.target.type === 'file') for (const file of event.target.files) look(file).catch(() => undefined);
});
