import { performance } from 'node:perf_hooks';

const keptMs = 5000;

/** Figures that cost a look through the whole record: counted once for everybody who asks at a time, and kept for five seconds. A count that failed is not kept. */
export function countedOnce<T>(count: () => Promise<T>): () => Promise<T> {
  let known: { readonly at: number; readonly figures: Promise<T> } | undefined;
  return () => {
    if (known !== undefined && performance.now() - known.at < keptMs) return known.figures;
    const figures = count();
    const own = { at: performance.now(), figures };
    known = own;
    figures.catch(() => {
      if (known === own) known = undefined;
    });
    return figures;
  };
}
