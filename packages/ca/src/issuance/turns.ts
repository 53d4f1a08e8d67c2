/**
 * A gate that lets `most` pass in each turn of the event loop. Many that become ready at the same moment would hold the thread until the
 * last is done; so what has come in meanwhile (answers of the database, of the signing thread, new requests) is taken in between.
 */
export function turns(most: number): () => Promise<void> {
  let waiting: (() => void)[] = [];
  let isOpening = false;

  const open = (): void => {
    const some = waiting.slice(0, most);
    waiting = waiting.slice(most);
    isOpening = waiting.length > 0;
    if (isOpening) setImmediate(open);
    for (const pass of some) pass();
  };

  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (!isOpening) setImmediate(open);
      isOpening = true;
    });
}
