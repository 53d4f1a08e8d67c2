import { fill, type Words } from '@madoguchi/ui/words';
import { w } from './three-words.js';

/** From here on everybody is told that the end is near: renewal is open from three months before it. */
const warnBeforeDays = 90;
const dayMs = 24 * 3600_000;

/** Whole days from now until a certificate ends; below zero when it has. */
export function daysLeft(notAfter: Date, now: Date): number {
  return Math.floor((notAfter.getTime() - now.getTime()) / dayMs);
}

/** Less than 90 days left, and not over yet. */
export function endsSoon(notAfter: Date, now: Date): boolean {
  const days = daysLeft(notAfter, now);
  return days >= 0 && days < warnBeforeDays;
}

const soon = w(
  '有効期限まであと {days} 日です。署名クライアントに「電子証明書の更新」があればそこで、なければお住まいの市区町村の窓口で更新できます。',
  'あと {days} {日|にち}で {使|つか}えなく なります。{市|し}や {町|まち}の {窓口|まどぐち}で あたらしく して ください。',
  'It ends in {days} days. Renew it on the agent’s start page where that offers it, else at your municipal counter.',
);
const over = w(
  '有効期限が切れています。お住まいの市区町村の窓口で更新してください。',
  '{期限|きげん}が {終|お}わりました。{市|し}や {町|まち}の {窓口|まどぐち}で あたらしく して ください。',
  'It has expired. Renew it at your municipal counter.',
);

/** What a holder must hear about the end of a certificate; undefined while there is time. */
export function endWarning(notAfter: Date, now: Date): Words | undefined {
  const days = daysLeft(notAfter, now);
  if (days < 0) return over;
  return endsSoon(notAfter, now) ? fill(soon, { days }) : undefined;
}
