import type { Words } from '@madoguchi/ui';

export const replyTexts = {
  acceptedTitle: {
    ja: '申請を受理したお知らせ',
    jaEasy: '{申|もう}し{込|こ}みを {受|う}けつけました',
    en: 'Notice of acceptance',
  },
  rejectedTitle: {
    ja: '却下の通知',
    jaEasy: '{申|もう}し{込|こ}みを ことわりました',
    en: 'Notice of rejection',
  },
  acceptedSentence: {
    ja: '次の申請を受理しました。',
    jaEasy: '{申|もう}し{込|こ}みを {受|う}けつけました。',
    en: 'The following application has been accepted.',
  },
  rejectedSentence: {
    ja: '次の申請は、下の理由により却下しました。',
    jaEasy: '{申|もう}し{込|こ}みは だめでした。',
    en: 'The following application has been rejected for the reason below.',
  },
  procedure: { ja: '手続', jaEasy: '{手続|てつづき}', en: 'Procedure' },
  applicant: { ja: '申請者', jaEasy: '{申請|しんせい}した {人|ひと}', en: 'Applicant' },
  signer: {
    ja: 'ともに署名した人',
    jaEasy: 'いっしょに {署名|しょめい}した {人|ひと}',
    en: 'Signed together',
  },
  arrivedAt: { ja: '到達日時', jaEasy: 'とどいた {日|ひ}', en: 'Arrived' },
  decision: { ja: '決定', jaEasy: '{決|き}まった こと', en: 'Decision' },
  decidedAt: { ja: '決定日時', jaEasy: '{決|き}まった {日|ひ}', en: 'Decided' },
  accepted: { ja: '受理', jaEasy: '{受|う}けつけました', en: 'Accepted' },
  rejected: { ja: '却下', jaEasy: 'だめでした', en: 'Rejected' },
  reason: { ja: '理由', jaEasy: '{理由|りゆう}', en: 'Reason' },
  appeal: { ja: '不服があるとき', jaEasy: '{納得|なっとく}できない とき', en: 'If you disagree' },
  /** 行政不服審査法 18条1項, 82条1項; 行政事件訴訟法 14条1項, 46条1項. */
  appealText: {
    ja: 'この決定に不服があるときは、決定があったことを知った日の翌日から3か月以内に、審査請求をすることができます（行政不服審査法）。また、知った日から6か月以内に、取消しの訴えを起こすことができます（行政事件訴訟法）。請求先は、下の問い合わせ先でお答えします。',
    jaEasy: '3{か月|げつ} {以内|いない}に、もういちど {調|しら}べて もらう ことが できます。',
    en: 'You may ask for a review within three months after the day on which you learned of this decision, or sue for its annulment within six months.',
  },
  ask: { ja: '問い合わせ先', jaEasy: '{聞|き}きたい とき', en: 'Questions' },
  askValue: {
    ja: '{name}　電話 {telephone}',
    jaEasy: '{name}　でんわ {telephone}',
    en: '{name}, telephone {telephone}',
  },
  foot: {
    ja: 'この文書には、役所の電子署名（官職署名）がついています。PDFの署名の欄で確かめられます。',
    jaEasy: '{役所|やくしょ}の {署名|しょめい}が ついて います。',
    en: 'This document carries the office’s electronic signature.',
  },
  draftFoot: {
    ja: 'これは下書きです。署名はなく、まだ送られていません。',
    jaEasy: 'これは {下書|したが}きです。',
    en: 'This is a draft: not signed and not sent.',
  },
  there: {
    ja: '役所からの通知が届いています',
    jaEasy: '{役所|やくしょ}から {手紙|てがみ}が とどいて います',
    en: 'There is a notice from the office',
  },
  thereNote: {
    ja: '役所の電子署名がついた文書です。保存しておいてください。',
    jaEasy: '{署名|しょめい}が ついて います。{保存|ほぞん}して ください。',
    en: 'It carries the office’s electronic signature. Keep it.',
  },
  pdf: { ja: '通知をPDFで保存', jaEasy: 'PDFを {保存|ほぞん}する', en: 'Save the notice as PDF' },
  xml: {
    ja: '通知をXMLで保存（プログラム用）',
    jaEasy: 'XMLを {保存|ほぞん}する',
    en: 'Save the notice as XML, for programs',
  },
} as const satisfies Record<string, Words>;
