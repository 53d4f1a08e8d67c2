/** The body of an answer over HTTP; undefined, and the rest unread, where it is longer than `longest` octets. Rejects where the connection breaks. */
export async function readAnswer(answer: Response, longest: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the body.
  for await (const part of answer.body ?? []) {
    length += part.length;
    if (length > longest) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
