/** What a User-Agent header says, as far as the set-up page needs it. */
export interface Browser {
  system: 'windows' | 'mac' | 'linux' | 'phone' | 'unknown';
  /** Name and main version for people, e.g. `Chrome 156`; undefined when it is none of the usual ones. */
  name: string | undefined;
}

/** Order matters: Edge says Chrome too, and Chrome says Safari. */
const names: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\/(\d{1,4})/, 'Microsoft Edge'],
  [/\b(?:Firefox|FxiOS)\/(\d{1,4})/, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\/(\d{1,4})/, 'Chrome'],
  [/\bVersion\/(\d{1,4})[^ ]* .*Safari\//, 'Safari'],
];

const systems: [RegExp, Browser['system']][] = [
  [/iPhone|iPad|Android/, 'phone'],
  [/Windows NT/, 'windows'],
  [/Mac OS X/, 'mac'],
  [/Linux|CrOS|BSD/, 'linux'],
];

/** Reads a User-Agent header for display only: nothing depends on it. */
export function readBrowser(userAgent: string | undefined): Browser {
  const text = (userAgent ?? '').slice(0, 500);
  const system = systems.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown';
  for (const [pattern, name] of names) {
    const version = pattern.exec(text)?.[1];
    if (version !== undefined) return { system, name: `${name} ${version}` };
  }
  return { system, name: undefined };
}
