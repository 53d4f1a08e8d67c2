// What each package would hand to a stranger: the files that `npm pack` takes, and the samples of its README.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const rooms = ['pki', 'card', 'store', 'ui', 'procedure', 'client', 'ca', 'agency', 'portal', 'madoguchi'];

interface Manifest {
  name: string;
  exports: Record<string, { types: string; default: string }>;
  bin?: Record<string, string>;
}

test('a package holds what its exports name and what its modules import, and no test, map or source', async () => {
  const wanted = rooms.flatMap((room) => ['--workspace', `packages/${room}`]);
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', ...wanted];
  const { stdout } = await run('npm', args, {
    cwd: root,
    shell: process.platform === 'win32',
    maxBuffer: 64 << 20,
  });
  const said = JSON.parse(stdout) as object;
  const packed = Object.values(said) as { name: string; files: { path: string }[] }[];
  assert.equal(packed.length, rooms.length);
  for (const room of rooms) {
    const folder = path.join(root, 'packages', room);
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
    const files = new Set(packed.find(({ name }) => name === manifest.name)?.files.map((one) => one.path));
    assert.ok(files.has('README.md'), room);
    for (const file of files) assert.doesNotMatch(file, /\.test\.|\.map$|^src\/|tsbuildinfo|\.tgz$/, room);
    const named = [...Object.values(manifest.exports), manifest.bin ?? {}].flatMap((one) =>
      Object.values(one),
    );
    // The command line is no library: it has a bin, and its exports name nothing that is there.
    for (const file of room === 'madoguchi' ? Object.values(manifest.bin ?? {}) : named)
      assert.ok(holds(files, path.posix.normalize(file)), `${room}: ${file}`);
    for (const file of files) {
      if (!file.startsWith('dist/') || !file.endsWith('.js')) continue;
      const code = readFileSync(path.join(folder, file), 'utf8');
      for (const [, specifier = ''] of code.matchAll(/\bfrom ['"](\.{1,2}\/[^'"]+\.js)['"]/g)) {
        const target = path.posix.join(path.posix.dirname(file), specifier);
        assert.ok(files.has(target), `${room}: ${file} imports ${specifier}`);
      }
    }
  }
});

/** A name with a star stands for every door of the room: one at least. */
function holds(files: ReadonlySet<string>, name: string): boolean {
  const [before = '', after] = name.split('*');
  return after === undefined
    ? files.has(name)
    : [...files].some((file) => file.startsWith(before) && file.endsWith(after));
}

/** What a module of a room gives on by name, with the file (without its ending) that declares it; behind `export *` too. */
function givenOn(src: string, module: string): { names: string; file: string }[] {
  const text = readFileSync(path.join(src, `${module}.ts`), 'utf8');
  const beside = (file: string) => path.join(path.dirname(module), file);
  const named = [...text.matchAll(/export (?:type )?\{([^}]*)\} from '([^']+)\.js'/g)];
  const whole = [...text.matchAll(/export \* from '(\.\/doors\/[^']+)\.js'/g)];
  return [
    ...named.map(([, names = '', file = '']) => ({ names, file: beside(file) })),
    ...whole.flatMap(([, file = '']) => givenOn(src, beside(file))),
  ];
}

/** The places where a module declares what it exports, each with the line above. */
const declarations =
  /(?:^|\n)(.*)\nexport (?:abstract )?(?:async )?(?:function\*?|const|interface|type|class) (\w+)/g;

test('whatever the libraries export has a comment that says what it is', () => {
  for (const room of ['pki', 'card', 'store', 'procedure', 'agency']) {
    const src = path.join(root, 'packages', room, 'src');
    const bare: string[] = [];
    let seen = 0;
    for (const { names, file } of givenOn(src, 'index')) {
      const code = ['.ts', '.tsx']
        .map((ending) => path.join(src, `${file}${ending}`))
        .flatMap((one) => (existsSync(one) ? [readFileSync(one, 'utf8')] : []))
        .join();
      const above = new Map([...code.matchAll(declarations)].map(([, line = '', name = '']) => [name, line]));
      for (const name of names.split(',').map((one) => one.replace('type ', '').trim())) {
        const line = above.get(name);
        if (line === undefined) continue;
        seen += 1;
        if (!line.trimEnd().endsWith('*/')) bare.push(name);
      }
    }
    assert.ok(seen > 10, `${room}: ${seen}`);
    assert.deepEqual(bare, [], room);
  }
});

/** What the samples take for granted: a module that runs before them and sets globals. The example of pki is run by its own readme.test. */
const given: Record<string, string> = {
  procedure: `
    import { readFileSync } from 'node:fs';
    import * as procedure from '@madoguchi/procedure';
    import { loginWorld, now, taro } from '@madoguchi/testing';
    const { ca, holder, ocsp } = await loginWorld();
    const text = readFileSync(process.env.ROOT + '/packages/agency/procedures/municipal/juminhyo.json', 'utf8');
    Object.assign(globalThis, procedure, {
      text, now, anchors: [ca.der], demo: true, origin: 'https://city.example', jws: 'no request',
      application: { applicant: taro, answers: { copies: '1', delivery: 'post' }, attachments: [] },
      show: ({ what }) => console.log(what.en),
      certificate: holder.der, nonce: Buffer.alloc(32, 7).toString('base64'), appVersion: 'sample',
      sign: (bytes) => holder.signer.sign(bytes), ocspResponses: [await ocsp()],
    });
  `,
  store: `
    import { mkdirSync, writeFileSync } from 'node:fs';
    mkdirSync('../migrations', { recursive: true });
    writeFileSync('../migrations/0001_cases.sql', 'create table agency.cases (receipt text);');
    globalThis.pkcs8 = new Uint8Array(32);
  `,
  card: '',
  ca: '',
};

const place = mkdtempSync(path.join(tmpdir(), 'madoguchi-samples-'));
after(() => rmSync(place, { recursive: true, force: true }));
symlinkSync(path.join(root, 'node_modules'), path.join(place, 'node_modules'), 'junction');

for (const [room, before] of Object.entries(given)) {
  const readme = readFileSync(path.join(root, 'packages', room, 'README.md'), 'utf8');
  const samples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  test(`the samples in the README of ${room} run as they stand there`, async () => {
    assert.ok(samples.length > 0);
    for (const [index, code] of samples.entries()) {
      const cwd = path.join(place, room, String(index));
      mkdirSync(cwd, { recursive: true });
      writeFileSync(path.join(cwd, 'given.mjs'), before);
      // What a process of the reader's own would do at its end.
      writeFileSync(path.join(cwd, 'sample.mjs'), `${code}\n${room === 'ca' ? 'process.exit(0);' : ''}`);
      const env = { ...process.env, ROOT: root, SAMPLE: String(index) };
      await run(process.execPath, ['--import', './given.mjs', 'sample.mjs'], { cwd, env });
    }
  });
}
