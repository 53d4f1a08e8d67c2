/** Whose procedures they are in the demo: of a municipality, a prefecture, a ministry. */
export type Level = 'municipal' | 'prefectural' | 'national';

/** The demo's definitions of a level, as a folder. */
export function demoProcedures(level: Level): URL {
  return new URL(`../procedures/${level}/`, import.meta.url);
}
