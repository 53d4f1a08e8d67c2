/**
 * The line of mimeapps.list (freedesktop.org MIME Apps 1.0) that makes a program the one for `madoguchi:` addresses. Pure: text in, text out;
 * everything that is not ours stays as it is.
 */
const key = 'x-scheme-handler/madoguchi';
const section = '[Default Applications]';

function linesOf(text: string): string[] {
  return text.split('\n').filter((line, index, all) => line !== '' || index < all.length - 1);
}

function isOurs(line: string): boolean {
  return line.slice(0, Math.max(0, line.indexOf('='))).trim() === key;
}

export function withHandler(text: string, desktop: string): string {
  const lines = linesOf(withoutHandler(text));
  const at = lines.findIndex((line) => line.trim() === section);
  const line = `${key}=${desktop}`;
  if (at >= 0) lines.splice(at + 1, 0, line);
  else lines.push(section, line);
  return `${lines.join('\n')}\n`;
}

/** Empty when nothing but our line (and its heading) stood there: then the file can go. */
export function withoutHandler(text: string): string {
  const lines = linesOf(text).filter((line) => !isOurs(line));
  const rest = lines.filter((line) => line.trim() !== '' && line.trim() !== section);
  return rest.length === 0 ? '' : `${lines.join('\n')}\n`;
}
