/**
 * One text of a posted form as its reader meant it: without the spaces around it, lines ended by LF (a browser posts CR LF). Empty where the field is
 * missing, a file, or there more than once.
 */
export function postedText(form: Record<string, unknown>, name: string): string {
  const value = form[name];
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
}
