/** aiosmtpd, a real SMTP server: takes every letter into a maildir. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Debian's own: its packages are not those of another Python before it on the path. */
export const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
/** Why there is none here. */
export const noSmtpServer =
  spawnSync(python, ['-c', 'import aiosmtpd']).status === 0 ? false : 'python3-aiosmtpd is missing';

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Runs until it is killed. `folder` is made by the server. `tls`: certificate and key as PEM files; then it takes no letter before STARTTLS. */
export async function startSmtpServer(options: {
  host?: string;
  port: number;
  folder: string;
  tls?: { certificate: string; key: string };
}): Promise<ChildProcess> {
  const { host = '127.0.0.1', port, folder, tls } = options;
  const secured = tls === undefined ? [] : ['--tlscert', tls.certificate, '--tlskey', tls.key];
  const words = ['-m', 'aiosmtpd', '-n', '-l', `${host}:${port}`, ...secured];
  const server = spawn(python, [...words, '-c', 'aiosmtpd.handlers.Mailbox', folder], { stdio: 'ignore' });
  for (;;) {
    const socket = connect(port, host);
    const up = await new Promise<boolean>((resolve) => {
      socket.once('data', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (up) return server;
    if (server.exitCode !== null) throw new Error(`aiosmtpd ended with ${server.exitCode}`);
    await pause(50);
  }
}
