/** A small seeded generator (mulberry32): the same mutations on every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** `count` damaged copies of `bytes`: flipped, replaced, removed, doubled and cut octets. */
export function* mutations(bytes: Uint8Array, count: number, seed = 1): Generator<Uint8Array> {
  const random = seeded(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const telling = [0x00, 0x01, 0x02, 0x04, 0x05, 0x06, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x84, 0xa0, 0xa3, 0xff];
  for (let i = 0; i < count; i++) {
    let copy = Uint8Array.from(bytes);
    const times = 1 + below(3);
    for (let n = 0; n < times; n++) {
      const at = below(copy.length);
      switch (below(6)) {
        case 0:
          copy[at] = (copy[at] ?? 0) ^ (1 << below(8));
          break;
        case 1:
          copy[at] = telling[below(telling.length)] ?? 0;
          break;
        case 2:
          copy[at] = below(256);
          break;
        case 3:
          copy = Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(at + 1 + below(8))]);
          break;
        case 4:
          copy = Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(below(copy.length))]).subarray(
            0,
            1 << 16,
          );
          break;
        default:
          copy = copy.subarray(0, at);
      }
      if (copy.length === 0) copy = Uint8Array.of(below(256));
    }
    yield copy;
  }
}
