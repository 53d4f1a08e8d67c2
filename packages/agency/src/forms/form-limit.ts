import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';

/** Refuses a form of more than `octets` with the page for it. */
export function formLimit(octets: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: octets,
    onError: () => {
      throw new HTTPException(413);
    },
  });
}
