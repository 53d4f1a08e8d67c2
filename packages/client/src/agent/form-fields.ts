import { multipartBoundary, parseMultipart } from './multipart.js';

/** Reads the texts of a form that a page posted (multipart/form-data): a field that is missing, twice there or no UTF-8 is undefined. */
export function formFields(
  contentType: string | undefined,
  body: Uint8Array,
): ((name: string) => string | undefined) | undefined {
  const boundary = multipartBoundary(contentType);
  const form = boundary === undefined ? undefined : parseMultipart(body, boundary);
  if (form === undefined || !form.ok) return undefined;
  const texts = form.value.filter(({ filename }) => filename === undefined);
  return (name) => {
    const found = texts.filter((part) => part.name === name);
    return found.length === 1 && found[0] !== undefined ? utf8(found[0].bytes) : undefined;
  };
}

export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
