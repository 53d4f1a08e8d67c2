import type { Words } from '@madoguchi/ui';
import type { ActionRow } from '../cases/actions.js';
import { decisionWords } from './decision-words.js';
import { verdictWords } from './match-section.js';

const actionWords: Readonly<Record<string, Words>> = {
  arrived: { ja: '到達', jaEasy: 'とどいた', en: 'Arrived' },
  opened: { ja: '開封（復号）', jaEasy: '{開|ひら}いた', en: 'Opened (decrypted)' },
  refused: { ja: '受付で断った', jaEasy: '{受付|うけつけ}で ことわった', en: 'Refused at reception' },
  verified: { ja: '確かめた', jaEasy: '{確|たし}かめた', en: 'Checked' },
  tryLater: {
    ja: '確かめた（失効情報待ち）',
    jaEasy: '{確|たし}かめた（{情報|じょうほう}を まつ）',
    en: 'Checked (revocation information awaited)',
  },
  accepted: { ja: '受理', jaEasy: '{受|う}けつけた', en: 'Accepted' },
  correctionAsked: {
    ja: '補正を求めた',
    jaEasy: '{直|なお}して ほしいと {伝|つた}えた',
    en: 'Correction asked for',
  },
  rejected: { ja: '却下', jaEasy: 'だめと {決|き}めた', en: 'Rejected' },
  corrected: { ja: '補正が届いた', jaEasy: '{直|なお}した ものが とどいた', en: 'Correction arrived' },
  withdrawn: { ja: '取下げ', jaEasy: '{取|と}りやめた', en: 'Withdrawn' },
  joined: {
    ja: 'ほかの申請に加えた',
    jaEasy: 'ほかの {申請|しんせい}に {入|い}れた',
    en: 'Joined to another application',
  },
  cosignAsked: {
    ja: 'ほかの人の署名を待ち始めた',
    jaEasy: '{署名|しょめい}を まちはじめた',
    en: 'Waiting for other signatures',
  },
  cosigned: { ja: '署名が加わった', jaEasy: '{署名|しょめい}が とどいた', en: 'Signature joined' },
  cosignDeclined: { ja: '署名をことわった', jaEasy: '{署名|しょめい}を ことわった', en: 'Declined to sign' },
  cosignRevoked: {
    ja: '委任を取り消した',
    jaEasy: '{委任|いにん}を やめた',
    en: 'Mandate revoked',
  },
  cosignComplete: {
    ja: '全員の署名がそろった',
    jaEasy: 'みんなが {署名|しょめい}した',
    en: 'Everybody has signed',
  },
  partAccepted: { ja: '部分の承認', jaEasy: '{部分|ぶぶん}を {受|う}けつけた', en: 'Part accepted' },
  partRejected: { ja: '部分の却下', jaEasy: '{部分|ぶぶん}を ことわった', en: 'Part rejected' },
  duplicate: {
    ja: '重複として終わりにした',
    jaEasy: 'おなじなので おわりに した',
    en: 'Ended as a duplicate',
  },
  reopened: { ja: '審査にもどした', jaEasy: 'また {審査|しんさ}する', en: 'Examined again' },
  paused: { ja: '保留にした', jaEasy: 'とめた', en: 'Put on hold' },
  resumed: { ja: '保留をやめた', jaEasy: 'また はじめた', en: 'Hold ended' },
  note: { ja: 'メモ', jaEasy: 'メモ', en: 'Note' },
  assigned: { ja: '担当になった', jaEasy: '{担当|たんとう}に なった', en: 'Assigned' },
  takenOver: { ja: '担当を引き継いだ', jaEasy: '{担当|たんとう}を かわった', en: 'Taken over' },
  released: { ja: '担当をはずれた', jaEasy: '{担当|たんとう}を やめた', en: 'Released' },
  handedOver: {
    ja: '基幹システムが引き取った',
    jaEasy: 'ほかの システムへ わたした',
    en: 'Taken over by a core system',
  },
  handOverFailed: {
    ja: '基幹システムが引き取れなかった',
    jaEasy: 'ほかの システムへ わたせなかった',
    en: 'Could not be taken over',
  },
  replied: { ja: '署名した通知を送った', jaEasy: '{手紙|てがみ}を {送|おく}った', en: 'Signed notice made' },
  replyFetched: {
    ja: '通知を受け取った',
    jaEasy: '{手紙|てがみ}を {受|う}け{取|と}った',
    en: 'Notice fetched',
  },
  held: { ja: '消去を止めた', jaEasy: '{消|け}さない ことに した', en: 'Held' },
  holdEnded: { ja: '消去の停止を解いた', jaEasy: '{消|け}しても よい ことに した', en: 'No longer held' },
  erased: {
    ja: '保存期間が過ぎたため消去した',
    jaEasy: '{期間|きかん}が {過|す}ぎたので {消|け}した',
    en: 'Erased: its time was over',
  },
  exported: {
    ja: '証跡を書き出した',
    jaEasy: '{証拠|しょうこ}を {保存|ほぞん}した',
    en: 'Evidence exported',
  },
};

export function actionInWords({ kind, detail }: Pick<ActionRow, 'kind' | 'detail'>): Words {
  if (kind === 'matched') return verdictWords[detail.verdict === 'same' ? 'same' : 'different'];
  if (kind === 'proposed')
    return decisionWords[detail.proposal === 'accept' ? 'proposeAccept' : 'proposeReject'];
  return actionWords[kind] ?? { ja: kind, jaEasy: kind, en: kind };
}

const actorWords: Readonly<Record<string, Words>> = {
  intake: { ja: '受付', jaEasy: '{受付|うけつけ}', en: 'Intake' },
  reception: { ja: '受付', jaEasy: '{受付|うけつけ}', en: 'Reception' },
  'officer:desk': {
    ja: '審査の担当者',
    jaEasy: '{審査|しんさ}の {担当|たんとう}',
    en: 'Examining officer',
  },
  verifier: { ja: '自動の確認', jaEasy: '{自動|じどう}', en: 'Automatic check' },
  applicant: { ja: '申請者', jaEasy: '{申請|しんせい}した {人|ひと}', en: 'Applicant' },
  cosigner: {
    ja: 'いっしょに署名する人',
    jaEasy: 'いっしょに {署名|しょめい}する {人|ひと}',
    en: 'Co-signer',
  },
  archive: { ja: '保管（自動）', jaEasy: '{保管|ほかん}', en: 'Archive, automatic' },
  system: { ja: 'システム', jaEasy: 'システム', en: 'System' },
  operator: { ja: '運用者', jaEasy: 'システムの {担当|たんとう}', en: 'Operator' },
  agency: { ja: '役所（自動）', jaEasy: '{役所|やくしょ}', en: 'Agency, automatic' },
};

export function actorInWords(actor: string): Words {
  const known = actorWords[actor];
  if (known !== undefined) return known;
  if (actor.startsWith('system:')) {
    const system = actor.slice(7);
    return { ja: `システム ${system}`, jaEasy: `システム ${system}`, en: `System ${system}` };
  }
  const id = actor.replace(/^officer:/, '');
  return { ja: `担当 ${id}`, jaEasy: `{担当|たんとう} ${id}`, en: `Officer ${id}` };
}
