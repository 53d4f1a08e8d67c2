import type { Hono } from 'hono';

/** A holder's program at one door of the authority: its nonces, and CMS sent to it. */
export function cmsClient(app: Hono, door: string) {
  return {
    nonce: async () => ((await (await app.request(`${door}/nonce`)).json()) as { nonce: string }).nonce,
    post: async (body: Uint8Array, step = '') =>
      app.request(`${door}${step}`, {
        method: 'POST',
        body: Buffer.from(body),
        headers: { 'Content-Type': 'application/pkcs7-mime' },
      }),
  };
}

/** `good`, or the rule by which it was refused. */
export async function ruleOf(answer: Response | Promise<Response>): Promise<string> {
  const { status } = await answer;
  const said = (await (await answer).json()) as { rule?: string };
  return status < 300 ? 'good' : (said.rule ?? String(status));
}
