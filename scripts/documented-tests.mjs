// Every `npm test -- words` of a document must run something: a renamed file would leave a claim whose command proves nothing.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { files } from './lib.mjs';

/** The test files as sources, with full paths. */
export const testFiles = (root) =>
  [path.join(root, 'packages'), path.join(root, 'test')].flatMap((folder) =>
    files(folder, (file) => /\.test\.tsx?$/.test(file)),
  );

/** The words that no test file's path holds. */
export const wordsWithoutTest = (sources, words) =>
  words.filter((word) => !sources.some((file) => file.includes(word)));

/** One line for each word by which no test runs: the document, its line, the word. */
export function documentedTestFaults(root) {
  const sources = testFiles(root);
  return files(root, (file) => file.endsWith('.md')).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        [...line.matchAll(/npm test -- ([^`<#()|;]+)/g)].flatMap(([, words]) =>
          wordsWithoutTest(sources, words.trim().split(/\s+/)).map(
            (word) => `${path.relative(root, file)}:${index + 1}: no test runs by the word ${word}`,
          ),
        ),
      ),
  );
}
