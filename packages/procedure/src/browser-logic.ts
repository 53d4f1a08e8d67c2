/**
 * The modules by which conditions and sums are evaluated, as files for a browser: the form shows with the very code by which the agency
 * checks. They import each other by these names and nothing else.
 */
export const browserLogic: readonly { name: string; file: URL }[] = ['conditions.js', 'expressions.js'].map(
  (name) => ({ name, file: new URL(`./definition/${name}`, import.meta.url) }),
);
