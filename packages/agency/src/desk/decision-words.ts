import type { Words } from '@madoguchi/ui';
import type { CaseState } from '../cases/state.js';
import type { Decision, DecisionFault } from './decide.js';
import type { Pile } from './queries.js';

export const pileWords: Record<Pile, Words> = {
  waiting: { ja: '審査待ち', jaEasy: '{審査|しんさ}を まつ', en: 'To examine' },
  cosigning: { ja: '署名待ち', jaEasy: '{署名|しょめい}を まつ', en: 'Awaiting signatures' },
  correction: { ja: '補正中', jaEasy: '{直|なお}して もらって いる', en: 'Being corrected' },
  refused: {
    ja: '受付で断ったもの',
    jaEasy: '{受付|うけつけ}で ことわった もの',
    en: 'Refused at reception',
  },
  done: { ja: '終わったもの', jaEasy: 'おわった もの', en: 'Done' },
};

export const stateWords: Record<CaseState, Words> = {
  arrived: { ja: '到達', jaEasy: 'とどいた', en: 'Arrived' },
  opened: { ja: '確認中', jaEasy: '{確|たし}かめて いる', en: 'Being checked' },
  cosigning: { ja: '共同の署名待ち', jaEasy: 'みんなの {署名|しょめい}を まつ', en: 'Awaiting signatures' },
  verified: { ja: '審査待ち', jaEasy: '{審査|しんさ}を まつ', en: 'To examine' },
  tryLater: {
    ja: '失効情報を待っています',
    jaEasy: '{情報|じょうほう}を まって いる',
    en: 'Waiting for revocation information',
  },
  refused: { ja: '受付で断った', jaEasy: 'ことわった', en: 'Refused' },
  accepted: { ja: '受理', jaEasy: '{受|う}けつけた', en: 'Accepted' },
  correction: { ja: '補正中', jaEasy: '{直|なお}して もらって いる', en: 'Being corrected' },
  rejected: { ja: '却下', jaEasy: 'だめと {決|き}めた', en: 'Rejected' },
  withdrawn: { ja: '取下げ', jaEasy: '{取|と}りやめた', en: 'Withdrawn' },
  duplicate: { ja: '重複のため終了', jaEasy: 'おなじ ものが ある', en: 'Ended as a duplicate' },
  joined: {
    ja: 'ほかの申請に加わった',
    jaEasy: 'ほかの {申請|しんせい}に {入|はい}った',
    en: 'Joined to another application',
  },
};

export const decisionWords: Record<Decision, Words> = {
  accept: { ja: '受理する', jaEasy: '{受|う}けつける', en: 'Accept' },
  correct: { ja: '補正を求める', jaEasy: '{直|なお}して もらう', en: 'Ask for a correction' },
  reject: { ja: '却下する', jaEasy: 'だめと {決|き}める', en: 'Reject' },
  proposeAccept: {
    ja: '受理を起案する',
    jaEasy: '{受|う}けつけると {提案|ていあん}する',
    en: 'Propose to accept',
  },
  proposeReject: { ja: '却下を起案する', jaEasy: 'だめと {提案|ていあん}する', en: 'Propose to reject' },
  note: { ja: 'メモを残す', jaEasy: 'メモを {残|のこ}す', en: 'Leave a note' },
};

export const faultWords: Record<DecisionFault, Words> = {
  decided: {
    ja: 'この申請は、もう決まっています。',
    jaEasy: 'この {申請|しんせい}は もう {決|き}まって います。',
    en: 'This application has already been decided.',
  },
  changed: {
    ja: 'あなたが見ているあいだに、この申請に動きがありました。下の経過を見て、もう一度決めてください。',
    jaEasy:
      '{見|み}て いる あいだに {変|か}わりました。{下|した}を {見|み}て、もういちど {決|き}めて ください。',
    en: 'Something happened to this application while you looked at it. See the history below and decide again.',
  },
  reason: {
    ja: '理由を書いてください。',
    jaEasy: '{理由|りゆう}を {書|か}いて ください。',
    en: 'Write the reason.',
  },
  reasonLength: {
    ja: '理由は2000文字までにしてください。',
    jaEasy: '{理由|りゆう}は 2000{文字|もじ}までです。',
    en: 'Keep the reason within 2000 characters.',
  },
  signature: {
    ja: '署名が誤りの申請は、受理できません。補正を求めるか、却下してください。',
    jaEasy: '{署名|しょめい}が まちがいの {申請|しんせい}は {受|う}けつけられません。',
    en: 'An application with a wrong signature cannot be accepted. Ask for a correction or reject it.',
  },
  locked: {
    ja: 'ほかの担当者がこの申請を審査しています。引き継いでから決めてください。',
    jaEasy: 'ほかの {人|ひと}が {審査|しんさ}して います。',
    en: 'Somebody else works on this application. Take it over before you decide.',
  },
  paused: {
    ja: 'この申請は保留中です。保留をやめてから決めてください。',
    jaEasy: 'とめて います。また はじめてから {決|き}めて ください。',
    en: 'This application is on hold. End the hold before you decide.',
  },
  fourEyes: {
    ja: 'この役所では、ほかの職員が同じ決定を起案してから決めます。',
    jaEasy: 'ほかの {人|ひと}の {提案|ていあん}が いります。',
    en: 'At this office another officer must propose the same decision first.',
  },
  until: {
    ja: '補正の期限は、今日から1年までの日を「2026-12-01」のように書いてください。',
    jaEasy: '{期限|きげん}の {日|ひ}を「2026-12-01」のように {書|か}いて ください。',
    en: 'Give the last day for the correction, today or later within a year, as 2026-12-01.',
  },
  withdrawal: {
    ja: 'もとの申請は、もう取り下げられない状態です。経過を見てください。',
    jaEasy: 'もとの {申請|しんせい}は もう {決|き}まって います。',
    en: 'The application that this withdraws is already decided.',
  },
  cosigning: {
    ja: 'まだ全員の署名がそろっていません。待つか、補正を求めるか、却下してください。',
    jaEasy: 'まだ みんなの {署名|しょめい}が ありません。',
    en: 'Not everybody has signed yet. Wait, ask for a correction, or reject.',
  },
  cosignature: {
    ja: 'これは、ほかの申請への署名です。その申請が署名を待っているときだけ受理でき、補正は求められません。',
    jaEasy: 'ほかの {申請|しんせい}の {署名|しょめい}です。{直|なお}す ことは できません。',
    en: 'This is a signature under another application. It can be accepted while that one waits for it; no correction can be asked for.',
  },
  parts: {
    ja: 'この申請は、それぞれの機関が自分の部分を決めます。全体の決定は、それで決まります。',
    jaEasy: 'それぞれの {役所|やくしょ}が {決|き}めます。',
    en: 'Each office decides its own part of this application; the whole follows from that.',
  },
  blocked: {
    ja: '先に決まる部分が、まだ承認されていません。',
    jaEasy: 'ほかの {役所|やくしょ}が さきに {決|き}めます。',
    en: 'Another part that comes first has not been accepted yet.',
  },
  partCorrection: {
    ja: 'この部分は、補正を待っています。',
    jaEasy: '{直|なお}して もらうのを まって います。',
    en: 'This part waits for a correction.',
  },
  duplicate: {
    ja: 'その申請は、いまは重複の相手にできません。下の一覧を見てください。',
    jaEasy: 'その {申請|しんせい}は えらべません。{下|した}を {見|み}て ください。',
    en: 'That application cannot be the one to go on now. See the list below.',
  },
  unopened: {
    ja: 'まだ確かめ終わっていません。しばらく待ってください。',
    jaEasy: 'まだ {確|たし}かめて います。まって ください。',
    en: 'It has not been checked yet. Please wait.',
  },
};

/** What the officer may do when a light is not good. */
export const adviceWords = {
  check: {
    ja: '要確認の印があります。根拠を見て、理由を書けば受理できます。補正を求めることもできます。',
    jaEasy: '{確認|かくにん}が いります。{理由|りゆう}を {書|か}けば {受|う}けつけられます。',
    en: 'A light needs checking: see the evidence. You may accept with a reason, or ask for a correction.',
  },
  pending: {
    ja: '失効情報を待っています。自動でもう一度確かめます。待つことを理由に却下することはありません。',
    jaEasy: '{情報|じょうほう}を まって います。{自動|じどう}で もういちど {確|たし}かめます。',
    en: 'Revocation information is awaited and will be asked for again. Waiting is no reason to reject.',
  },
  bad: {
    ja: '誤りの印があります。補正を求めるか、却下できます。本人に確かめたときは、その理由を書いて受理できます。',
    jaEasy: 'まちがいが あります。{直|なお}して もらうか、ことわる ことが できます。',
    en: 'A light is wrong. Ask for a correction or reject; if you have made sure with the person, accept with that reason.',
  },
  signature: {
    ja: '署名が誤りのため受理できません。補正を求めるか、却下してください。',
    jaEasy: '{署名|しょめい}が まちがいです。{直|なお}して もらうか、ことわって ください。',
    en: 'The signature is wrong, so it cannot be accepted. Ask for a correction or reject.',
  },
} as const satisfies Record<string, Words>;
