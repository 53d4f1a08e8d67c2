import { readdir, readFile, readlink } from 'node:fs/promises';

/** A row of Linux' /proc/net/tcp or tcp6, what we need of it. */
interface TcpRow {
  localPort: number;
  remotePort: number;
  loopbackOrAny: boolean;
  listening: boolean;
  uid: number;
  inode: number;
}

/** 127.0.0.1, ::1, the mapped form, and "any address", as /proc/net writes them (little-endian words). */
const ours = /^(?:[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F|0{8}|0{32})$/;

/** Reads the table; lines of another form are passed over. Source: proc_net_tcp.txt of the kernel. */
export function parseProcNetTcp(text: string): TcpRow[] {
  const rows: TcpRow[] = [];
  for (const line of text.split('\n').slice(1)) {
    const words = line.trim().split(/\s+/);
    const [localAddress, localPort] = (words[1] ?? '').split(':');
    const remotePort = (words[2] ?? '').split(':')[1];
    if (localAddress === undefined || localPort === undefined || remotePort === undefined) continue;
    const row = {
      localPort: Number.parseInt(localPort, 16),
      remotePort: Number.parseInt(remotePort, 16),
      loopbackOrAny: ours.test(localAddress),
      listening: words[3] === '0A',
      uid: Number(words[7]),
      inode: Number(words[9]),
    };
    if (Number.isInteger(row.uid) && Number.isInteger(row.inode)) rows.push(row);
  }
  return rows;
}

async function tcpRows(): Promise<TcpRow[]> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'latin1').catch(() => '')),
  );
  return tables.flatMap(parseProcNetTcp);
}

/**
 * The user at the other end of a loopback connection, by the other end's own row in the kernel's table; undefined where the
 * system does not tell (not Linux, a connection already gone).
 */
export async function peerUid(peer: { localPort: number; remotePort: number }): Promise<number | undefined> {
  const rows = await tcpRows();
  return rows.find(
    (row) =>
      // An orphaned connection has inode 0 and shows uid 0 whoever opened it: that tells nothing.
      row.inode !== 0 &&
      row.localPort === peer.remotePort &&
      row.remotePort === peer.localPort &&
      row.loopbackOrAny,
  )?.uid;
}

/** The program that listens on a port of this machine, e.g. `node server.js (pid 4711)`; undefined where unreadable. */
export async function portHolder(port: number): Promise<string | undefined> {
  const row = (await tcpRows()).find((one) => one.listening && one.localPort === port && one.loopbackOrAny);
  if (row === undefined) return undefined;
  const target = `socket:[${row.inode}]`;
  const processes = await readdir('/proc').catch(() => []);
  for (const pid of processes.filter((name) => /^\d+$/.test(name))) {
    const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const handle of handles) {
      if ((await readlink(`/proc/${pid}/fd/${handle}`).catch(() => '')) !== target) continue;
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      const words = command.split('\0').filter((word) => word !== '');
      return `${words.slice(0, 3).join(' ').slice(0, 200)} (pid ${pid})`;
    }
  }
  return `uid ${row.uid}`;
}
