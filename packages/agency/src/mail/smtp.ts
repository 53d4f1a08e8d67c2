import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import type { Letter, MailSender } from './sender.js';

const messageOf = (from: string, letter: Letter) => ({
  from,
  to: letter.to,
  subject: letter.subject,
  text: letter.text,
  messageId: `<${letter.id}@${
    from
      .split('@')
      .at(-1)
      ?.replace(/[^A-Za-z0-9.-]/g, '') ?? 'localhost'
  }>`,
  // No answer of a machine (RFC 3834), and a way out that mail programs show.
  headers: { 'Auto-Submitted': 'auto-generated', 'List-Unsubscribe': `<${letter.stopUrl}>` },
  // What is in a letter is text; it never reads a file or an address.
  disableFileAccess: true,
  disableUrlAccess: true,
});

/**
 * Sends over SMTP. `url`: `smtp://user:password@host:587` (STARTTLS is wanted, except on this machine) or `smtps://…:465`. `from`: an address of the
 * agency, e.g. `noreply@city.example`.
 */
export function smtpSender(options: { url: string; from: string }): MailSender {
  const url = new URL(options.url);
  const isSecure = url.protocol === 'smtps:';
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    requireTLS: !isSecure && !isHere,
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  return {
    async send(letter) {
      try {
        await transport.sendMail(messageOf(options.from, letter));
        return { ok: true };
      } catch (error) {
        const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
        // 5xx: the server will say so again. A server that does not know us is the operator's matter and may be mended.
        const isAbout = error instanceof Error && 'command' in error ? String(error.command) : '';
        const permanent = status >= 500 && (isAbout === 'RCPT TO' || isAbout === 'DATA');
        return { ok: false, rule: status > 0 ? `smtp.${status}` : 'smtp.connection', permanent };
      }
    },
  };
}

/** Puts letters into a folder instead of sending them, one `.eml` each: for the demo on one machine. */
export function folderSender(options: { folder: string; from: string }): MailSender {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    async send(letter) {
      const { message } = await transport.sendMail(messageOf(options.from, letter));
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
      const name = `${letter.id.replace(/[^A-Za-z0-9-]/g, '')}-${randomUUID().slice(0, 8)}.eml`;
      await writeFile(path.join(options.folder, name), message as Buffer, { mode: 0o600 });
      return { ok: true };
    },
  };
}
