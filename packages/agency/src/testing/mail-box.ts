import type { Database } from '@madoguchi/store';
import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import type { MailKind } from '../mail/letters.js';
import { sendLetter } from '../mail/outbox.js';
import type { Letter, MailSender, SendOutcome } from '../mail/sender.js';
import { base, origin } from './room.js';
import type { VerificationRoom } from './verification-room.js';

/** A reception that writes letters to a server that we made. */
export function openMailBox(db: Database, room: VerificationRoom) {
  /** What the server answers, and what it was given. */
  const box = { letters: [] as Letter[], outcome: { ok: true } as SendOutcome };
  const sender: MailSender = {
    async send(letter) {
      box.letters.push(letter);
      return box.outcome;
    },
  };
  const app = new Hono().route(base, agencyApp({ ...room.options, mail: sender }));
  const place = (to: MailSender = sender) => ({
    sql: db.sql,
    agency: room.options.agency,
    secret: room.options.keys.secret,
    sender: to,
    clock: room.options.clock,
  });
  const waiting = async (receipt: string) => [
    ...(await db.sql<{ id: string; kind: MailKind }[]>`select id, kind from agency.mail_outbox
      where receipt_number = ${receipt} and sent_at is null and given_up_at is null order by at, kind`),
  ];
  /** Whatever is to be sent of a case, whether its time has come or not. */
  async function sendAll(receipt: string, to: MailSender = sender): Promise<void> {
    for (const { id } of await waiting(receipt)) await sendLetter(place(to), id);
  }
  const post = (at: string, form: Record<string, string>, cookie = '', from = origin) =>
    app.request(`${origin}${base}${at}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: from, cookie },
      body: new URLSearchParams(form).toString(),
    });
  const linkIn = (text: string, purpose: 'confirm' | 'stop') =>
    new URL(new RegExp(`http://\\S+/mail/${purpose}\\?\\S+`).exec(text)?.[0] ?? '');
  /** Opens the link of the last letter and presses its button. */
  const confirm = () =>
    post('/mail/confirm', Object.fromEntries(linkIn(box.letters.at(-1)?.text ?? '', 'confirm').searchParams));
  return { box, app, place, waiting, sendAll, post, linkIn, confirm };
}
