/** A program and its arguments, as the files of each system want them written. Arguments hold paths, so spaces and Japanese are usual. */

/** systemd.service(5), COMMAND LINES: C-style quotes; `%` and `$` are doubled. */
export function systemdCommand(words: readonly string[]): string {
  return words
    .map((word) => word.replaceAll('\\', '\\\\').replaceAll('"', '\\"'))
    .map((word) => `"${word.replaceAll('%', '%%').replaceAll('$', '$$$$')}"`)
    .join(' ');
}

/** Desktop Entry Specification 1.5, the Exec key: double quotes with `"` `` ` `` `$` `\` escaped, then the string rule of `\`; `%` doubled. */
export function desktopCommand(words: readonly string[]): string {
  return words
    .map((word) => word.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%'))
    .map((word) => `"${word.replaceAll('\\', '\\\\')}"`)
    .join(' ');
}

/** CommandLineToArgvW: backslashes count only before a quote. */
export function windowsCommand(words: readonly string[]): string {
  return words
    .map((word) => word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1'))
    .map((word) => `"${word}"`)
    .join(' ');
}

/** Text of an XML property list. */
export function plistText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A word for /bin/sh, in the two lines that macOS demands as an application. */
export function shellWord(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
