import { connect } from 'node:net';
import { readAnswer } from '@madoguchi/procedure/basics';
import { portHolder } from './proc-net.js';

/** The port every page knows. */
export const agentPort = 24787;

/** Who holds a port: the program's name where the system shows it, and what it answers to `/status` if it is an agent. Undefined: nobody. */
export async function describeHolder(port: number): Promise<string | undefined> {
  const [holder, status, open] = await Promise.all([portHolder(port), agentStatus(port), isOpen(port)]);
  const program = holder ?? (open ? `127.0.0.1:${port}` : undefined);
  return program === undefined || status === undefined
    ? program
    : `${program}, madoguchi-agent ${status.version}`;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 2000 });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

/** What an agent on this port says of itself; undefined when nobody answers or something else does. */
export async function agentStatus(port: number): Promise<{ version: string } | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/status`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(2000),
    });
    // Whatever program holds the port may answer without end.
    const bytes = await readAnswer(answer, 4096);
    const status: unknown = JSON.parse(Buffer.from(bytes ?? []).toString('utf8'));
    if (typeof status !== 'object' || status === null || !('name' in status) || !('version' in status))
      return undefined;
    if (status.name !== 'madoguchi-agent' || typeof status.version !== 'string') return undefined;
    return { version: status.version.slice(0, 40) };
  } catch {
    return undefined;
  }
}
