/** Full-width signs as ASCII, every dash as a hyphen, no blanks around. */
export const asciiForm = (typed: string): string =>
  typed
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[ー−‐―]/g, '-')
    .trim();
