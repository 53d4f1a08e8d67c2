/** What the audit chain holds, in words: an auditor reads columns, not codes. */
import type { Words } from '@madoguchi/ui';
import { actionInWords } from './history-words.js';

const words: Readonly<Record<string, Words>> = {
  'case.stamped': {
    ja: '証拠に時刻の証明を付けた',
    jaEasy: '{証拠|しょうこ}に {時間|じかん}の {証明|しょうめい}を つけた',
    en: 'Evidence time-stamped',
  },
  'case.released': {
    ja: '担当をはずれた・消去の停止を解いた',
    jaEasy: '{担当|たんとう}を やめた・{消|け}しても よい ことに した',
    en: 'Released, or no longer held',
  },
  'desk.enter': { ja: '机に入った', jaEasy: '{机|つくえ}に {入|はい}った', en: 'Came to the desk' },
  'desk.card': { ja: 'カードを登録した', jaEasy: 'カードを {登録|とうろく}した', en: 'Card registered' },
  'desk.exported': { ja: '一覧を書き出した', jaEasy: '{表|ひょう}を {保存|ほぞん}した', en: 'List exported' },
  'desk.officerAdded': {
    ja: '職員を登録した',
    jaEasy: '{職員|しょくいん}を {入|い}れた',
    en: 'Officer added',
  },
  'desk.officerRemoved': {
    ja: '職員をはずした',
    jaEasy: '{職員|しょくいん}を はずした',
    en: 'Officer removed',
  },
  'desk.departmentSet': {
    ja: '課の手続を決めた',
    jaEasy: '{課|か}の {手続|てつづき}を {決|き}めた',
    en: 'Department set',
  },
  'api.keyCreated': { ja: '連携の鍵を作った', jaEasy: '{鍵|かぎ}を {作|つく}った', en: 'Key created' },
  'api.keyRevoked': {
    ja: '連携の鍵を取り消した',
    jaEasy: '{鍵|かぎ}を やめた',
    en: 'Key revoked',
  },
  'api.read': {
    ja: '基幹システムが読んだ',
    jaEasy: 'ほかの システムが {読|よ}んだ',
    en: 'Read by a core system',
  },
  'handover.batch': {
    ja: '基幹システムへまとめて渡した',
    jaEasy: 'ほかの システムへ わたした',
    en: 'Handed over as a batch',
  },
  'keys.rotated': {
    ja: '復号の鍵を替えた',
    jaEasy: '{鍵|かぎ}を かえた',
    en: 'Decryption key exchanged',
  },
  'keys.destroyed': {
    ja: '古い復号の鍵を消した',
    jaEasy: '{古|ふる}い {鍵|かぎ}を {消|け}した',
    en: 'Old decryption key destroyed',
  },
  'links.imported': {
    ja: '証明書と住民の対応を取り込んだ',
    jaEasy: '{証明書|しょうめいしょ}と {人|ひと}の {表|ひょう}を {入|い}れた',
    en: 'Links of certificates and residents imported',
  },
  'mail.sent': { ja: 'メールを送った', jaEasy: 'メールを {送|おく}った', en: 'E-mail sent' },
  'variant.proposed': {
    ja: '異体字の表に行を提案した',
    jaEasy: '{字|じ}の {表|ひょう}に {加|くわ}える ことを {提案|ていあん}した',
    en: 'Row of character forms proposed',
  },
  'variant.confirmed': {
    ja: '異体字の表の行を確定した',
    jaEasy: '{字|じ}の {表|ひょう}に {加|くわ}えた',
    en: 'Row of character forms put in force',
  },
  'variant.ended': {
    ja: '異体字の表の行をやめた',
    jaEasy: '{字|じ}の {表|ひょう}から はずした',
    en: 'Row of character forms ended',
  },
  'webhook.added': {
    ja: '知らせる先を加えた',
    jaEasy: '{知|し}らせる ところを {加|くわ}えた',
    en: 'Webhook added',
  },
  'webhook.ended': {
    ja: '知らせる先をやめた',
    jaEasy: '{知|し}らせる ところを やめた',
    en: 'Webhook ended',
  },
};

/** An entry's action; what has no words here or in a case's history stands as its code. */
export function auditActionInWords(action: string): Words {
  const known = words[action];
  if (known !== undefined) return known;
  const kind = action.replace(/^case\./, '');
  const said = actionInWords({ kind, detail: {} });
  return said.ja === kind ? { ja: action, jaEasy: action, en: action } : said;
}
