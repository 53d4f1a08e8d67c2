import type { Explanation } from '../explain.js';
import { say } from '../words.js';
import { applyAgain } from './next-steps.js';

const tampered = say(
  '署名のあとで、申請の中身が変わっています。',
  '{署名|しょめい}の あとで {中身|なかみ}が かわって います。',
  'The application was changed after it was signed.',
);

const badContainer: Explanation = {
  what: say(
    '申請の入れもの（ASiC-E）の形が、決まりに合っていません。',
    'データの {形|かたち}が {正|ただ}しく ありません。',
    'The container of the application (ASiC-E) is not in the agreed form.',
  ),
  next: applyAgain,
};

/** Applications, containers, envelopes and definitions that do not read well. */
export const submissions: Record<string, Explanation> = {
  zip: badContainer,
  xml: badContainer,
  manifest: badContainer,
  json: {
    what: say(
      '申請のデータの形が、決まりに合っていません。',
      'データの {形|かたち}が {正|ただ}しく ありません。',
      'The data of the application is not in the agreed form.',
    ),
    next: applyAgain,
  },
  application: {
    what: say(
      '申請のデータの形が、決まりに合っていません。',
      'データの {形|かたち}が {正|ただ}しく ありません。',
      'The data of the application is not in the agreed form.',
    ),
    next: applyAgain,
  },
  asic: badContainer,
  'asic.digest': { what: tampered, next: applyAgain },
  submission: { what: tampered, next: applyAgain },
  'submission.files': {
    what: say(
      '申請の入れものに、足りないファイルか、余分なファイルがあります。',
      'ファイルが たりないか、{多|おお}すぎます。',
      'A file is missing from the application, or there is one too many.',
    ),
    next: applyAgain,
  },
  'submission.cosigned': {
    what: say(
      'いっしょに署名する申請が入っていないか、ちがう申請です。',
      'いっしょに {署名|しょめい}する {申|もう}し{込|こ}みが ちがいます。',
      'The application that is to be signed together is missing, or is another one.',
    ),
    next: applyAgain,
  },
  'submission.cosignedOther': {
    what: say(
      'はじめに署名した人の申請と、内容か添付ファイルがちがいます。',
      'はじめの {人|ひと}の {申|もう}し{込|こ}みと {中身|なかみ}が ちがいます。',
      'Answers or files differ from what the first person signed.',
    ),
    next: applyAgain,
  },
  envelope: {
    what: say(
      '暗号化された申請を、この役所の鍵で開けません。',
      '{申|もう}し{込|こ}みを {開|ひら}けません。',
      'The encrypted application cannot be opened with this office’s key.',
    ),
    next: applyAgain,
  },
};
