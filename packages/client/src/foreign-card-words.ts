import type { Words } from '@madoguchi/ui';
import type { ForeignCard } from './foreign-card.js';
import { w } from './three-words.js';

/** What is in the reader instead of a My Number Card. */
export const foreignCardNames: Record<ForeignCard | 'jukicard', Words> = {
  jukicard: w('古い住民基本台帳カード', '{古|ふる}い {住基|じゅうき}カード', 'an old Resident Register Card'),
  'old-resident-card': w(
    '古い住民基本台帳カード',
    '{古|ふる}い {住基|じゅうき}カード',
    'an old Resident Register Card',
  ),
  'payment-card': w(
    'クレジットカードなどの支払い用カード',
    'クレジットカード など お{金|かね}を {払|はら}う カード',
    'a payment card',
  ),
  passport: w('パスポート', 'パスポート', 'a passport'),
  'residence-card': w('在留カード', '{在留|ざいりゅう}カード', 'a residence card'),
  'driving-licence': w('運転免許証', '{運転免許証|うんてんめんきょしょう}', 'a driving licence'),
  felica: w(
    '交通系・電子マネーなどのICカード（FeliCa）',
    '{電車|でんしゃ}や {買|か}い{物|もの}の カード（FeliCa）',
    'a transit or electronic money card (FeliCa)',
  ),
  mifare: w('入館証などのICカード（MIFARE）', 'ICカード（MIFARE）', 'an access card (MIFARE)'),
  unknown: w('別の種類のICカード', 'ほかの カード', 'another kind of card'),
};
