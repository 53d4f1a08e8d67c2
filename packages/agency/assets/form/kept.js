// Files that were sent with the application that is corrected: they are fetched from our own server and go along again, unless the reader
// chooses others.
import { form } from './dom.js';

export async function keepFiles() {
  for (const part of form.querySelectorAll('[data-kept]')) {
    const input = form.elements.namedItem(part.dataset.keptFor);
    const files = new DataTransfer();
    try {
      for (const { name, href } of JSON.parse(part.dataset.kept)) {
        const answer = await fetch(href);
        if (!answer.ok) throw new Error(String(answer.status));
        files.items.add(new File([await answer.blob()], name));
      }
      if (input.files.length === 0) input.files = files.files;
    } catch {
      // Not to be had: the reader chooses the file again, and the server says so when it is missing.
    }
  }
}
