import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { readAgentTrust, writeAgentTrust } from './agent-trust.js';
import { holderFolder } from './holder-folder.js';
import { folderOf, installAgent, installedState, uninstallAgent } from './install.js';
import { installPlan, type Machine, regAdd, regDelete } from './install-plan.js';
import { withHandler, withoutHandler } from './mime-apps.js';

const temporary: string[] = [];
after(() => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});

async function home(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'madoguchi-家 '));
  temporary.push(folder);
  return folder;
}

function machine(folder: string, more: Partial<Machine> = {}): Machine {
  const program = ['/opt/node 20/bin/node', `/opt/窓口 "x" $HOME 100%/madoguchi.mjs`];
  return { platform: 'linux', env: {}, home: folder, uid: 1000, systemd: true, program, ...more };
}

/** Everything below a folder: names, kinds, modes and contents. */
function tree(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const full = path.join(entry.parentPath, entry.name);
      const what = entry.isFile() ? readFileSync(full, 'utf8') : entry.isSymbolicLink() ? 'link' : 'folder';
      return `${path.relative(folder, full)} ${what}`;
    })
    .sort();
}

const never = () => false;

describe('the agent installed for one user', () => {
  it('leaves nothing behind when it goes, neither in an empty home nor beside what others put there', async () => {
    for (const systemd of [true, false]) {
      const empty = await home();
      await installAgent(machine(empty, { systemd }), { run: never });
      assert.ok(tree(empty).length > 5);
      await uninstallAgent(machine(empty, { systemd }), never);
      assert.deepEqual(tree(empty), []);

      const used = await home();
      const config = path.join(used, '.config');
      await mkdir(path.join(config, 'systemd', 'user', 'default.target.wants'), { recursive: true });
      await writeFile(path.join(config, 'systemd', 'user', 'mail.service'), '[Unit]\n');
      await symlink('/x', path.join(config, 'systemd', 'user', 'default.target.wants', 'mail.service'));
      await writeFile(
        path.join(config, 'mimeapps.list'),
        '[Added Associations]\ntext/plain=editor.desktop;\n\n[Default Applications]\ntext/html=browser.desktop\n',
      );
      const before = tree(used);
      await installAgent(machine(used, { systemd }), { run: never });
      await installAgent(machine(used, { systemd }), { run: never });
      await writeFile(path.join(folderOf(machine(used)), 'phrase.txt'), 'わたしの ことば\n');
      assert.notDeepEqual(tree(used), before);
      await uninstallAgent(machine(used, { systemd }), never);
      assert.deepEqual(tree(used), before);
      await uninstallAgent(machine(used, { systemd }), never);
      assert.deepEqual(tree(used), before);
    }
  });

  it('keeps phrase and trust where other users cannot read them, and tells what stands', async () => {
    const folder = await home();
    const mine = machine(folder);
    const trust = path.join(await home(), 'trust');
    await writeAgentTrust(trust, {
      agency: [Buffer.of(1)],
      citizen: [Buffer.of(2), Buffer.of(3)],
      timestamp: [Buffer.of(4)],
      demo: true,
      portals: ['https://*.lg.jp'],
      counters: ['https://counter.example'],
      responder: 'http://127.0.0.1:1/ocsp',
    });
    assert.deepEqual(await installedState(mine, never), { autostart: false, scheme: false, current: true });
    await installAgent(mine, { run: never, trust, portals: ['https://portal.example'] });
    assert.deepEqual(await installedState(mine, never), { autostart: true, scheme: true, current: true });
    const own = folderOf(mine);
    for (const name of ['.', 'phrase.txt', 'trust', 'trust/agency', 'trust/trust.json', 'installed.json'])
      assert.equal(statSync(path.join(own, name)).mode & 0o077, 0, name);
    const read = await readAgentTrust(path.join(own, 'trust'));
    assert.deepEqual([read?.agency.length, read?.citizen.length, read?.timestamp.length], [1, 2, 1]);
    assert.deepEqual([read?.demo, read?.responder, read?.strange], [true, 'http://127.0.0.1:1/ocsp', []]);
    assert.deepEqual(read?.portals, ['https://*.lg.jp', 'https://portal.example']);
    assert.equal(await readAgentTrust(path.join(own, 'none')), undefined);
    const moved = { ...mine, program: ['/elsewhere/madoguchi'] };
    assert.equal((await installedState(moved, never)).current, false);
    const settings = path.join(own, 'trust', 'trust.json');
    await writeFile(settings, '{"demo": tru');
    assert.equal((await readAgentTrust(path.join(own, 'trust')))?.demo, false);
    const odd = [
      'https://p.example/',
      'http://p.example',
      'https://*',
      'p.example',
      7,
      'https://u@p.example',
    ];
    await writeFile(settings, JSON.stringify({ portals: [...odd, 'http://127.0.0.1:8080'], responder: 'x' }));
    const strange = await readAgentTrust(path.join(own, 'trust'));
    assert.deepEqual(strange?.portals, ['http://127.0.0.1:8080']);
    assert.deepEqual(strange?.strange, [...odd.map(String), 'x']);
    assert.equal(strange?.responder, undefined);
  });

  it('is called by a madoguchi: address without any part of the address', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      for (const systemd of [true, false]) {
        const plan = installPlan(machine('/home/taro', { platform, systemd }));
        const calls = [
          ...plan.files.map(({ content }) => content),
          ...plan.registry.map(({ value }) => value),
        ].filter((text) => text.includes('wake'));
        assert.ok(calls.length > 0, platform);
        for (const text of calls)
          for (const carrier of [/%[uUfF]/, /%1/, /%\*/, /\$[@1*]/])
            assert.doesNotMatch(text.replaceAll('%%', ''), carrier);
      }
  });

  it('on Linux is a unit and an entry that the system itself finds right', async () => {
    const folder = await home();
    const mine = machine(folder, { program: [process.execPath, `/opt/窓口 "x" $HOME 100%/madoguchi.mjs`] });
    const { files } = await installAgent(mine, { run: never });
    const [unit, entry] = files.map((one) => one.path);
    const verified = spawnSync('systemd-analyze', ['--user', 'verify', unit ?? ''], { encoding: 'utf8' });
    // Not every machine has a user manager's search path; what it says of the unit itself is what counts.
    if (verified.error === undefined)
      assert.doesNotMatch(verified.stderr, /madoguchi-agent\.service:\d+|Unknown|Invalid/);
    const valid = spawnSync('desktop-file-validate', [entry ?? ''], { encoding: 'utf8' });
    if (valid.error === undefined) assert.equal(valid.status, 0, valid.stdout + valid.stderr);
    const content = await readFile(unit ?? '', 'utf8');
    assert.match(
      content,
      /^ExecStart=".*" "\/opt\/窓口 \\"x\\" \$\$HOME 100%%\/madoguchi\.mjs" "serve" "agent" "--trust" ".*\/madoguchi\/trust"$/m,
    );
    assert.match(await readFile(entry ?? '', 'utf8'), /^MimeType=x-scheme-handler\/madoguchi;$/m);
  });

  it('on Windows is values under the user’s own key, written and deleted by reg.exe without a shell', () => {
    const { registry, files } = installPlan(
      machine('C:\\Users\\総務 太郎', {
        platform: 'win32',
        program: ['C:\\Program Files\\x\\madoguchi.exe'],
      }),
    );
    assert.deepEqual(files, []);
    assert.ok(registry.every(({ key }) => key.startsWith('HKCU\\')));
    const [start, , , open] = registry;
    const trust = 'C:\\Users\\総務 太郎\\AppData\\Roaming\\Madoguchi\\trust';
    assert.equal(start?.value, `"C:\\Program Files\\x\\madoguchi.exe" "serve" "agent" "--trust" "${trust}"`);
    assert.equal(open?.value, '"C:\\Program Files\\x\\madoguchi.exe" "agent" "wake"');
    assert.ok(start && open);
    assert.deepEqual(regAdd(start).slice(0, 6), ['add', start.key, '/v', 'MadoguchiAgent', '/t', 'REG_SZ']);
    assert.deepEqual(regAdd(open).slice(0, 3), ['add', open.key, '/ve']);
    assert.deepEqual(regDelete(registry), [
      ['delete', start.key, '/v', 'MadoguchiAgent', '/f'],
      ['delete', 'HKCU\\Software\\Classes\\madoguchi', '/f'],
    ]);
    assert.equal(
      holderFolder('win32', { APPDATA: 'C:\\Users\\x\\AppData\\Roaming' }, 'C:\\Users\\x'),
      'C:\\Users\\x\\AppData\\Roaming\\Madoguchi',
    );
  });

  it('on macOS is a launch agent and an application without a window, as well-formed property lists', () => {
    const plan = installPlan(
      machine('/Users/taro', { platform: 'darwin', program: ['/Applications/a & b/<x>'] }),
    );
    const lists = plan.files.filter(({ path: file }) => file.endsWith('.plist'));
    assert.equal(lists.length, 2);
    for (const { content } of lists) {
      assert.doesNotMatch(content, /& |<x>/);
      const tool = spawnSync('plutil', ['-lint', '-'], { input: content });
      if (tool.error === undefined) assert.equal(tool.status, 0);
      else {
        const judge = spawnSync('xmllint', ['--nonet', '--noout', '-'], { input: content, encoding: 'utf8' });
        if (judge.error === undefined) assert.equal(judge.status, 0, judge.stderr);
      }
    }
    assert.match(lists[1]?.content ?? '', /CFBundleURLSchemes<\/key><array><string>madoguchi/);
    assert.equal(plan.files.find(({ path: file }) => file.endsWith('/wake'))?.mode, 0o755);
  });

  it('changes one line of mimeapps.list and nothing else', () => {
    const texts = [
      '',
      '[Default Applications]\ntext/html=a.desktop\n',
      '[Added Associations]\nx=y\n',
      '# only a remark\n',
    ];
    for (const text of texts) {
      const added = withHandler(text, 'madoguchi-agent.desktop');
      assert.match(added, /\[Default Applications\]\nx-scheme-handler\/madoguchi=madoguchi-agent\.desktop\n/);
      assert.equal(withHandler(added, 'madoguchi-agent.desktop'), added);
      const without = withoutHandler(added);
      assert.doesNotMatch(without, /madoguchi/);
      if (text.includes('[Default Applications]') || text === '') assert.equal(without, text);
    }
  });
});
