/**
 * Tells whether a name may stand in a container: a relative path with `/` between its parts that no operating system
 * reads as another place. Refused are empty, `.` and `..` parts, a leading or trailing slash, backslash and colon (drive, NTFS
 * stream), parts that end in a dot or a space (Windows drops them), control characters, bidi controls (they hide a
 * file's true ending from the officer), lone surrogates, and names longer than 512 bytes of UTF-8.
 */
export function isSafeEntryName(name: string): boolean {
  if (name.length === 0 || /\p{Surrogate}/u.test(name) || Buffer.byteLength(name) > 512) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\\:\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffd]/.test(name))
    return false;
  return name.split('/').every((part) => part.length > 0 && !/[. ]$/.test(part));
}

/** Two names with the same key would meet in one file on systems that fold case or compose accents. */
export function entryNameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
