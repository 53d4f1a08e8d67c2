/** Octets of all bodies that are held now, and how many may be at once: many large envelopes must not fill the memory. */
let held = 0;
const mostHeld = 512 * 1024 * 1024;

export type Body =
  | {
      ok: true;
      bytes: Uint8Array;
      /** Called once when the bytes are no longer needed. */
      release: () => void;
    }
  | { ok: false; rule: 'intake.size' | 'intake.unavailable' };

/** Reads a body up to `limit` octets and stops at the first octet too many, whatever length was announced. */
export async function readBody(request: Request, limit: number): Promise<Body> {
  const announced = Number(request.headers.get('content-length') ?? '0');
  if (announced > limit) return { ok: false, rule: 'intake.size' };
  const chunks: Uint8Array[] = [];
  let size = 0;
  const release = () => {
    held -= size;
    size = 0;
  };
  try {
    const reader = request.body?.getReader();
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      held += value.length;
      if (size > limit || held > mostHeld) {
        const rule = size > limit ? 'intake.size' : 'intake.unavailable';
        await reader.cancel().catch(() => undefined);
        release();
        return { ok: false, rule };
      }
      chunks.push(value);
    }
  } catch {
    // The sender went away in the middle: it keeps its envelope.
    release();
    return { ok: false, rule: 'intake.unavailable' };
  }
  return { ok: true, bytes: Buffer.concat(chunks, size), release };
}
