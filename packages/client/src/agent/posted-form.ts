import { multipartBoundary, parseMultipart } from './multipart.js';

/** A file of a form; the name as the browser sent it. */
export interface PostedFile {
  readonly filename: string;
  readonly type?: string;
  /** Shares the body's memory. */
  readonly bytes: Uint8Array;
}

/** A form that a page posted (multipart/form-data). */
interface PostedForm {
  /** A text; undefined where it is missing, twice there or no UTF-8. */
  field(name: string): string | undefined;
  /** The files under a name, in their order. A field nobody filled arrives as a part without file name and content: it has none. */
  files(name: string): readonly PostedFile[];
}

/** Undefined where the body is no such form. */
export function readForm(contentType: string | undefined, body: Uint8Array): PostedForm | undefined {
  const boundary = multipartBoundary(contentType);
  const form = boundary === undefined ? undefined : parseMultipart(body, boundary);
  if (form === undefined || !form.ok) return undefined;
  const named = (name: string) => form.value.filter((part) => part.name === name);
  return {
    field: (name) => {
      const [found, ...others] = named(name).filter(({ filename }) => filename === undefined);
      return found === undefined || others.length > 0 ? undefined : utf8(found.bytes);
    },
    files: (name) =>
      named(name).flatMap(({ filename, type, bytes }) =>
        filename === undefined || (filename === '' && bytes.length === 0)
          ? []
          : [{ filename, bytes, ...(type === undefined ? {} : { type }) }],
      ),
  };
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
