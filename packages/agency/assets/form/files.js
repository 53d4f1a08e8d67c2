// The files that were chosen, as the request names them.
import { form, isAsked } from './dom.js';

export function fileInputs() {
  return [...form.querySelectorAll('input[type=file]')].filter(isAsked);
}

export async function describeFiles() {
  const described = [];
  for (const input of fileInputs()) {
    for (const file of input.files) {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
      const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      described.push({ name: file.name, size: file.size, sha256, rule: input.name });
    }
  }
  return described;
}
