/**
 * The value of xml:base that an element takes over from elements that are left out, and its own (Canonical XML 1.1, 2.4 and appendix A).
 * `bases` from the inside outwards. The empty string means that no attribute is written.
 */
export function fixedBase(bases: readonly string[]): string {
  const [innermost = '', ...outer] = bases;
  return outer.reduce((reference, base) => join(base, reference), innermost);
}

interface Parts {
  readonly scheme: string | undefined;
  readonly authority: string | undefined;
  readonly path: string;
  readonly query: string | undefined;
}

/** RFC 3986 appendix B; fragments are dropped. */
function split(uri: string): Parts {
  const [, scheme, authority, path = '', query] =
    /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/.exec(uri) ?? [];
  return { scheme, authority, path, query };
}

/** RFC 3986 5.2.2 for a base that may be relative itself. */
function join(base: string, reference: string): string {
  const b = split(base);
  const r = split(reference);
  if (r.scheme !== undefined) return unsplit({ ...r, path: withoutDots(r.path) });
  if (r.authority !== undefined) return unsplit({ ...r, scheme: b.scheme, path: withoutDots(r.path) });
  const { scheme, authority } = b;
  if (r.path === '') {
    return unsplit({ scheme, authority, path: withoutDots(b.path), query: r.query ?? b.query });
  }
  const merged = r.path.startsWith('/') ? r.path : merge(b, r.path);
  return unsplit({ scheme, authority, path: withoutDots(merged), query: r.query });
}

function merge({ authority, path }: Parts, relative: string): string {
  if (authority !== undefined && path === '') return `/${relative}`;
  // A base that ends in `..` names a folder.
  const folder = /(^|\/)\.\.$/.test(path) ? `${path}/` : path;
  return folder.slice(0, folder.lastIndexOf('/') + 1) + relative;
}

/** RFC 3986 5.2.4 with the changes of Canonical XML 1.1: leading `..` stay, slashes are not doubled, a last `..` gets its slash. */
function withoutDots(path: string): string {
  const isAbsolute = path.startsWith('/');
  const kept: string[] = [];
  const segments = path.split('/').filter((segment) => segment !== '');
  for (const segment of segments) {
    if (segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isAbsolute) kept.push('..');
  }
  const isFolder = /(^|\/)\.{0,2}$/.test(path) || kept.at(-1) === '..';
  const joined = kept.join('/');
  return `${isAbsolute ? '/' : ''}${joined}${isFolder && joined !== '' ? '/' : ''}`;
}

function unsplit({ scheme, authority, path, query }: Parts): string {
  return [
    scheme === undefined ? '' : `${scheme}:`,
    authority === undefined ? '' : `//${authority}`,
    path,
    query === undefined ? '' : `?${query}`,
  ].join('');
}
