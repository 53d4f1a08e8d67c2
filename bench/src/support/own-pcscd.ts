/** A pcscd of our own in private namespaces: the bench runs again inside, and what it starts there ends with it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const inside = 'MADOGUCHI_BENCH_PCSC';
const prelude = `set -e
mkdir -p /run/pcscd
mount -t tmpfs tmpfs /run/pcscd
ip link set lo up
ip route replace local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1 quickack 1
ip route replace local 127.0.0.1 dev lo table local proto kernel scope host src 127.0.0.1 quickack 1
exec "$@"`;

/** Is this process the one inside? */
export const isInside = process.env[inside] === '1';

/** Why there is no private pcscd here, or undefined. */
export function noPcscdReason(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs Linux and root';
  if (!existsSync('/usr/lib/pcsc/drivers/serial/libifdvpcd.so')) return 'vsmartcard-vpcd is not installed';
  for (const tool of ['/usr/sbin/pcscd', '/usr/bin/pkcs11-tool'])
    if (!existsSync(tool)) return `${tool} is not installed`;
  const tried = spawnSync('unshare', ['-m', '-n', 'sh', '-c', prelude, 'sh', 'true']);
  return tried.status === 0 ? undefined : 'namespaces cannot be made here';
}

/** Runs this very script again, inside; its exit code. */
export function runInside(): number {
  const command = [
    '-m',
    '-n',
    'sh',
    '-c',
    prelude,
    'sh',
    process.execPath,
    ...process.execArgv,
    ...process.argv.slice(1),
  ];
  return (
    spawnSync('unshare', command, { stdio: 'inherit', env: { ...process.env, [inside]: '1' } }).status ?? 1
  );
}

/** Starts pcscd and waits until the slot of vpcd listens (a probe by connecting would look like a card). */
export async function startPcscd(port = 35963): Promise<ChildProcess> {
  const daemon = spawn('setpriv', ['--pdeathsig', 'KILL', '/usr/sbin/pcscd', '-f'], { stdio: 'ignore' });
  const wanted = `:${port.toString(16).toUpperCase()}`;
  while (!readFileSync('/proc/self/net/tcp', 'utf8').includes(wanted)) {
    if (daemon.exitCode !== null) throw new Error(`pcscd ended with ${daemon.exitCode}`);
    await pause(20);
  }
  return daemon;
}
