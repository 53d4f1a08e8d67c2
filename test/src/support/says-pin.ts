/**
 * Whether a PIN stands in a text by itself. In a longer number, a token or a digest its digits stand by chance, and so they do in the time
 * that a request took.
 */
export function saysPin(text: string, pin: string): boolean {
  const said = text.replaceAll(/"(ms|at)":[^,}]*/g, '');
  return new RegExp(`(?<![0-9A-Za-z+/_-])${pin}(?![0-9A-Za-z+/_-])`, 'i').test(said);
}
