// Arrows go one way: madoguchi → {portal, agency, ca, client} → procedure → {ui, store, card, pki}; rooms do not import each other.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { files } from './lib.mjs';

const foundations = ['ui', 'store', 'card', 'pki'];
const rooms = ['portal', 'agency', 'ca', 'client'];

/** What each workspace may import. `test` and `bench` stand outside the house and may open every door. */
export const allowed = {
  pki: [],
  card: [],
  store: [],
  ui: [],
  /** For tests only: a room's product code must not reach it. */
  testing: ['pki'],
  procedure: foundations,
  client: ['procedure', ...foundations],
  ca: ['procedure', ...foundations],
  agency: ['procedure', ...foundations],
  portal: ['procedure', ...foundations],
  madoguchi: [...rooms, 'procedure', ...foundations],
};

/** pki is pure: of Node's modules only these (trust core without I/O and without a clock). */
const pkiBuiltins = ['node:crypto', 'node:buffer', 'node:zlib'];

/** A room is entered by its whole (`src/index.ts`) or by one of its doors (`src/doors/NAME.ts`). */
function isDoor(root, room, name) {
  return existsSync(path.join(root, 'packages', room, 'src', 'doors', `${name.slice(1)}.ts`));
}

const importPattern = /(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+|\brequire\s*\(\s*)['"]([^'"]+)['"]/g;

export function importFaults(root) {
  const faults = [];
  for (const [room, may] of Object.entries(allowed)) {
    const folder = path.join(root, 'packages', room);
    for (const file of files(folder, (name) => /\.(ts|tsx|mts|js|mjs)$/.test(name))) {
      const isTest = /\.test\.tsx?$/.test(file) || file.includes(`${path.sep}testing${path.sep}`);
      const text = readFileSync(file, 'utf8');
      for (const match of text.matchAll(importPattern)) {
        const target = match[1];
        const line = text.slice(0, match.index).split('\n').length;
        const at = `${path.relative(root, file)}:${line}`;
        if (target.startsWith('.')) {
          const reached = path.resolve(path.dirname(file), target);
          if (!reached.startsWith(folder + path.sep))
            faults.push(`${at}: reaches outside its room: ${target}`);
          continue;
        }
        const ours = /^@madoguchi\/([^/]+)(\/.*)?$/.exec(target);
        if (ours) {
          if (isTest && target === '@madoguchi/store/testing') continue;
          if (ours[2] && !isDoor(root, ours[1], ours[2]))
            faults.push(`${at}: go through a door of @madoguchi/${ours[1]}, not ${target}`);
          else if (ours[1] === 'testing' && room !== 'pki') {
            if (!isTest) faults.push(`${at}: only tests may import testing`);
          } else if (!may.includes(ours[1])) faults.push(`${at}: ${room} must not import ${ours[1]}`);
        } else if (room === 'pki' && !isTest && !pkiBuiltins.includes(target)) {
          faults.push(`${at}: pki is pure and may import only ${pkiBuiltins.join(', ')}, not ${target}`);
        }
      }
    }
  }
  return faults;
}
