/** Small seeded generator (mulberry32): the same mutations on every run. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Copies of `bytes` with one to four octets changed, taken out, doubled or inserted. */
export function* mutations(bytes: Uint8Array, count: number, seed = 1): Generator<Uint8Array> {
  const next = random(seed);
  const pick = (below: number) => Math.floor(next() * below);
  for (let i = 0; i < count; i += 1) {
    let copy = Uint8Array.from(bytes);
    for (let n = 1 + pick(4); n > 0; n -= 1) {
      const at = pick(copy.length + 1);
      const kind = pick(4);
      if (kind === 0 && at < copy.length) copy[at] = pick(256);
      else if (kind === 1) copy = Uint8Array.from([...copy.slice(0, at), ...copy.slice(at + 1 + pick(8))]);
      else if (kind === 2) copy = Uint8Array.from([...copy.slice(0, at), pick(256), ...copy.slice(at)]);
      else
        copy = Uint8Array.from([...copy.slice(0, at), ...copy.slice(at, at + pick(16)), ...copy.slice(at)]);
    }
    yield copy;
  }
}
