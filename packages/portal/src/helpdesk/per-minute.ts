/** True for the first `most` calls of each minute. */
export function perMinute(most: number, clock: () => Date): () => boolean {
  let minute = 0;
  let count = 0;
  return () => {
    const now = Math.floor(clock().getTime() / 60_000);
    if (now !== minute) {
      minute = now;
      count = 0;
    }
    count++;
    return count <= most;
  };
}
