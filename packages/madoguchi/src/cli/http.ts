/** Whether a text is an address that can be asked. */
export function isHttpAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]/.test(text) && URL.canParse(text);
}
