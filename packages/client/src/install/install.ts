import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, readlink, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { agentPhrase } from '../agent/phrase.js';
import { hasSystemd } from '../system.js';
import { forgetHome } from './agent-home.js';
import { addOrigins, copyAgentTrust } from './agent-trust.js';
import { holderFolder } from './holder-folder.js';
import { type InstallPlan, installPlan, type Machine, regAdd, regDelete } from './install-plan.js';
import { withHandler, withoutHandler } from './mime-apps.js';

/** What was made, so that all of it can be taken away again: kept in the holder's folder. */
interface Installed {
  /** Folders that were not there before, outermost first; they go when they are empty. */
  folders: string[];
}

/** This machine and how this program is called on it. `script`: what Node runs; none in a single executable. */
export function thisMachine(script: string | undefined): Machine {
  return {
    platform: process.platform,
    env: process.env,
    home: os.homedir(),
    uid: process.getuid?.() ?? 0,
    systemd: hasSystemd(),
    program: script === undefined ? [process.execPath] : [process.execPath, script],
  };
}

export function folderOf({ platform, env, home }: Machine): string {
  return holderFolder(platform, env, home);
}

type Run = (command: readonly string[]) => boolean;

/** Runs a program without a shell and without its output; whether it succeeded. */
export const runQuietly: Run = ([program = '', ...args]) =>
  spawnSync(program, args, { stdio: 'ignore', windowsHide: true, timeout: 20_000 }).status === 0;

const record = 'installed.json';

/**
 * Puts everything of the plan in its place, for this user alone, makes the phrase, and takes over the certificates of a trust folder. Done again
 * it changes nothing (a moved program is followed).
 */
export async function installAgent(
  machine: Machine,
  {
    run = runQuietly,
    trust,
    portals = [],
    counters = [],
  }: {
    run?: Run;
    trust?: string;
    portals?: readonly string[];
    counters?: readonly string[];
  } = {},
): Promise<InstallPlan> {
  const plan = installPlan(machine);
  const folder = folderOf(machine);
  const made: Installed = await readRecord(folder);
  await makeFolder(folder, made, 0o700);
  await agentPhrase(folder);
  if (trust !== undefined) await copyAgentTrust(trust, path.join(folder, 'trust'));
  if (portals.length + counters.length > 0)
    await addOrigins(path.join(folder, 'trust'), { portals, counters });
  for (const { path: file, content, mode } of plan.files) {
    await makeFolder(path.dirname(file), made);
    await writeFile(file, content, { mode });
    await chmod(file, mode);
  }
  for (const { path: link, target } of plan.links) {
    await makeFolder(path.dirname(link), made);
    if ((await readlink(link).catch(() => undefined)) === target) continue;
    await rm(link, { force: true });
    await symlink(target, link);
  }
  if (plan.handler !== undefined) await setHandler(plan.handler, made);
  await saveRecord(folder, made);
  for (const value of plan.registry) run(['reg', ...regAdd(value)]);
  for (const command of plan.notice) run(command);
  return plan;
}

/** Takes everything away again: files, folders that were made for them, registry values, the phrase and the trust. */
export async function uninstallAgent(machine: Machine, run: Run = runQuietly): Promise<void> {
  const plan = installPlan(machine);
  const folder = folderOf(machine);
  const made = await readRecord(folder);
  for (const command of plan.forget) run(command);
  for (const command of regDelete(plan.registry)) run(['reg', ...command]);
  if (plan.handler !== undefined) await dropHandler(plan.handler.file);
  for (const { path: file } of [...plan.links, ...plan.files]) await rm(file, { force: true });
  await rm(path.join(folder, 'trust'), { recursive: true, force: true });
  await forgetHome(folder);
  for (const name of ['phrase.txt', record]) await rm(path.join(folder, name), { force: true });
  for (const emptied of made.folders.toReversed()) await rmdir(emptied).catch(() => undefined);
}

/** What of the plan stands in its place at this moment. */
export async function installedState(
  machine: Machine,
  run: Run = runQuietly,
): Promise<{ autostart: boolean; scheme: boolean; current: boolean }> {
  const plan = installPlan(machine);
  if (machine.platform === 'win32') {
    const has = ({ key, name }: InstallPlan['registry'][number]) =>
      run(['reg', 'query', key, ...(name === '' ? ['/ve'] : ['/v', name])]);
    const [start, ...scheme] = plan.registry.map(has);
    return { autostart: start === true, scheme: scheme.every(Boolean), current: true };
  }
  const contents = await Promise.all(
    plan.files.map(async (file) => ({ ...file, found: await readFile(file.path, 'utf8').catch(() => '') })),
  );
  const [start, ...rest] = contents;
  const handler = plan.handler;
  const listed =
    handler === undefined ||
    (await readFile(handler.file, 'utf8').catch(() => '')).includes(
      `x-scheme-handler/madoguchi=${handler.desktop}`,
    );
  return {
    autostart: start?.found !== '' && plan.links.every(({ path: link }) => existsSync(link)),
    scheme: listed && rest.every(({ found }) => found !== ''),
    // A program that was moved or renamed since is called by its old name.
    current: contents.every(({ found, content }) => found === '' || found === content),
  };
}

async function setHandler(
  { file, desktop }: NonNullable<InstallPlan['handler']>,
  made: Installed,
): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  await makeFolder(path.dirname(file), made);
  await writeFile(file, withHandler(text ?? '', desktop));
}

async function dropHandler(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const rest = withoutHandler(text);
  if (rest === '') await rm(file);
  else if (rest !== text) await writeFile(file, rest);
}

async function makeFolder(folder: string, made: Installed, mode = 0o755): Promise<void> {
  if (existsSync(folder)) return;
  await makeFolder(path.dirname(folder), made);
  await mkdir(folder, { mode });
  note(made.folders, folder);
}

function note(list: string[], entry: string): void {
  if (!list.includes(entry)) list.push(entry);
}

async function readRecord(folder: string): Promise<Installed> {
  try {
    const value: unknown = JSON.parse(await readFile(path.join(folder, record), 'utf8'));
    const list = (key: string): string[] => {
      const found =
        typeof value === 'object' && value !== null && key in value ? Reflect.get(value, key) : [];
      return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : [];
    };
    return { folders: list('folders') };
  } catch {
    return { folders: [] };
  }
}

async function saveRecord(folder: string, made: Installed): Promise<void> {
  await writeFile(path.join(folder, record), `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
}
