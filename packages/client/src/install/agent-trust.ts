import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Whom an installed agent trusts, as files: who may ask for signatures, who may have issued the card. */
export interface AgentTrust {
  agency: Uint8Array[];
  citizen: Uint8Array[];
  /** Demo authorities: http on this machine is allowed, real cards are refused. */
  demo: boolean;
}

const kinds = ['agency', 'citizen'] as const;
const certificateFile = /\.(cer|crt|der)$/i;

/**
 * Reads `agency/*.cer` and `citizen/*.cer` (DER) and `trust.json` `{"demo": true}` below a folder. Undefined where there is no agency to trust.
 */
export async function readAgentTrust(folder: string): Promise<AgentTrust | undefined> {
  const trust: AgentTrust = { agency: [], citizen: [], demo: false };
  for (const kind of kinds) {
    const names = await readdir(path.join(folder, kind)).catch(() => []);
    for (const name of names.filter((one) => certificateFile.test(one)).sort())
      trust[kind].push(await readFile(path.join(folder, kind, name)));
  }
  if (trust.agency.length === 0) return undefined;
  const text = await readFile(path.join(folder, 'trust.json'), 'utf8').catch(() => '{}');
  try {
    const value: unknown = JSON.parse(text);
    trust.demo = typeof value === 'object' && value !== null && Reflect.get(value, 'demo') === true;
  } catch {
    // Unreadable means not a demo: the stricter of the two.
  }
  return trust;
}

/** Writes such a folder anew: an authority that is trusted no longer does not stay behind. */
export async function writeAgentTrust(folder: string, trust: AgentTrust): Promise<void> {
  for (const kind of kinds) {
    await rm(path.join(folder, kind), { recursive: true, force: true });
    await mkdir(path.join(folder, kind), { recursive: true, mode: 0o700 });
    for (const [index, der] of trust[kind].entries())
      await writeFile(path.join(folder, kind, `${kind}-${index + 1}.cer`), der, { mode: 0o600 });
  }
  await writeFile(path.join(folder, 'trust.json'), `${JSON.stringify({ demo: trust.demo })}\n`, {
    mode: 0o600,
  });
}

/** Copies a folder of that form into the holder's own. */
export async function copyAgentTrust(from: string, to: string): Promise<void> {
  for (const kind of kinds) {
    await mkdir(path.join(to, kind), { recursive: true, mode: 0o700 });
    const names = await readdir(path.join(from, kind)).catch(() => []);
    for (const name of names.filter((one) => certificateFile.test(one)))
      await copyFile(path.join(from, kind, name), path.join(to, kind, name));
  }
  await copyFile(path.join(from, 'trust.json'), path.join(to, 'trust.json')).catch(() => undefined);
}
