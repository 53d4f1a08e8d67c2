import type { Context } from 'hono';

/**
 * Hands bytes out as a download and nothing else: a page or a picture with script in it would run on the PIN's origin. Sandbox and media type
 * hold where a browser would show it all the same.
 */
export function asDownload(c: Context, file: { name: string; bytes: Uint8Array }): Response {
  c.header('Content-Security-Policy', "sandbox; default-src 'none'");
  c.header('Content-Type', 'application/octet-stream');
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeRfc8187(file.name)}`);
  return c.body(Uint8Array.from(file.bytes));
}

function encodeRfc8187(name: string): string {
  return encodeURIComponent(Buffer.from(name, 'utf8').toString('utf8')).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
