import { inquiryNumber } from '../receipts/inquiry-number.js';
import { base, origin, type Room } from './room.js';

/** The receipt page as its holder sees it after giving both numbers, in Japanese or as `lang` says. */
export async function receiptPageOf(
  room: Pick<Room, 'app' | 'options'>,
  receipt: string,
  lang = '',
): Promise<string> {
  const inquiry = inquiryNumber(room.options.keys.secret, room.options.agency.code, receipt);
  const opened = await room.app.request(`${origin}${base}/applications`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
    body: new URLSearchParams({ receipt, inquiry }).toString(),
  });
  const cookie = opened.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const page = await room.app.request(`${origin}${base}/applications/${receipt}${lang}`, {
    headers: { cookie },
  });
  return page.text();
}
