// やさしい日本語 in every catalogue of words (guideline of 出入国在留管理庁 and 文化庁, 2020-08): short sentences, a reading beside kanji, no double
// negation. Read from the sources, so that no room's catalogue is forgotten.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const { easyFaults } = await import('../packages/ui/dist/easy-japanese.js');

const said = {
  long: ({ at }) => `longer than 40 characters: ${at}`,
  reading: ({ at }) => `kanji without a reading: ${at}`,
  double: ({ at }) => `says no twice: ${at}`,
};

const string = String.raw`'((?:[^'\\\n]|\\.)*)'|\`((?:[^\`\\]|\\.)*)\`|"((?:[^"\\\n]|\\.)*)"`;
const forms = [
  // A member of an object, in code and in the procedures' JSON.
  new RegExp(String.raw`\bjaEasy"?:\s*(?:${string})`, 'g'),
  // w(ja, jaEasy, en)
  new RegExp(String.raw`\bw\(\s*(?:'(?:[^'\\\n]|\\.)*'|\`(?:[^\`\\]|\\.)*\`),\s*(?:${string})`, 'g'),
];

/** Files with words that people read: sources without their tests, and the procedures' definitions. */
function* catalogues(root) {
  const packages = path.join(root, 'packages');
  for (const name of readdirSync(packages)) {
    for (const folder of ['src', 'procedures']) {
      const place = path.join(packages, name, folder);
      for (const file of list(place)) {
        if (/\.test\.tsx?$|(?:^|[\\/])testing[\\/]/.test(file)) continue;
        if (/\.(?:ts|tsx|json)$/.test(file)) yield path.join(place, file);
      }
    }
  }
}

function list(folder) {
  try {
    return readdirSync(folder, { recursive: true }).map(String).sort();
  } catch {
    return [];
  }
}

/** Every fault of every catalogue, with its file and line. */
export function easyJapaneseFaults(root) {
  const faults = [];
  let count = 0;
  for (const file of catalogues(root)) {
    const source = readFileSync(file, 'utf8');
    const place = path.relative(root, file).replaceAll('\\', '/');
    for (const form of forms) {
      for (const match of source.matchAll(form)) {
        // An example in a comment.
        if (/^\s*(?:\*|\/\/)/.test(source.slice(source.lastIndexOf('\n', match.index) + 1, match.index + 1)))
          continue;
        count += 1;
        const text = (match[1] ?? match[2] ?? match[3] ?? '')
          .replaceAll('\\n', '\n')
          .replace(/\$\{[^}]*\}/g, '');
        const line = source.slice(0, match.index + match[0].length).split('\n').length;
        for (const fault of easyFaults(text)) faults.push(`${place}:${line}: ${said[fault.kind](fault)}`);
      }
    }
  }
  // A linter that finds nothing to read has lost its way.
  if (count < 500) faults.push(`only ${count} texts in easy Japanese were found`);
  return faults;
}
