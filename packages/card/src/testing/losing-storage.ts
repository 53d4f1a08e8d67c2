import type { StableStorage } from '../stable-storage.js';

class PowerLost extends Error {}

interface Inode {
  live: Uint8Array;
  durable: Uint8Array;
}

/**
 * A disk that forgets what was not synced. `crashAfter(n)` cuts the power after n more steps: that step and
 * all later ones fail. `disk(…)` then gives what a machine finds after the restart; the caller says whether
 * unsynced bytes and unsynced renames happened to survive, since both may happen on a real disk.
 */
export class LosingStorage implements StableStorage {
  readonly log: string[] = [];
  #live = new Map<string, Inode>();
  #durable = new Map<string, Inode>();
  #left = Number.POSITIVE_INFINITY;

  crashAfter(steps: number): void {
    this.#left = steps;
  }

  afterRestart(survives: { data: 'lost' | 'torn' | 'kept'; folder: boolean }): LosingStorage {
    const next = new LosingStorage();
    for (const [name, inode] of survives.folder ? this.#live : this.#durable) {
      const torn = inode.live.slice(0, inode.live.length >> 1);
      const unsynced = survives.data === 'kept' ? inode.live : torn;
      const bytes =
        survives.data === 'lost' ? inode.durable : inode.live === inode.durable ? inode.live : unsynced;
      const fresh = { live: bytes, durable: bytes };
      next.#live.set(name, fresh);
      next.#durable.set(name, fresh);
    }
    return next;
  }

  #step(what: string): void {
    if (this.#left <= 0) throw new PowerLost(what);
    this.#left -= 1;
    this.log.push(what);
  }

  async read(file: string): Promise<Uint8Array | undefined> {
    return this.#live.get(file)?.live;
  }
  async write(file: string, bytes: Uint8Array): Promise<void> {
    this.#step('write');
    // The name of a new file lasts only with its folder; its bytes only with fsync.
    const inode = this.#live.get(file);
    if (inode) inode.live = bytes.slice();
    else this.#live.set(file, { live: bytes.slice(), durable: new Uint8Array(0) });
  }
  async fsync(file: string): Promise<void> {
    this.#step('fsync');
    const inode = this.#live.get(file);
    if (inode) inode.durable = inode.live;
  }
  async rename(from: string, to: string): Promise<void> {
    this.#step('rename');
    const inode = this.#live.get(from);
    if (!inode) throw new Error(`no such file: ${from}`);
    this.#live.delete(from);
    this.#live.set(to, inode);
  }
  async fsyncFolder(): Promise<void> {
    this.#step('fsyncFolder');
    this.#durable = new Map(this.#live);
  }
  async remove(file: string): Promise<void> {
    this.#live.delete(file);
  }
}
