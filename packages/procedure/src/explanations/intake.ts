import type { Explanation } from '../explain.js';
import { say } from '../words.js';
import { applyAgain, askOffice, lookUpAgain, startAgain, tryLater } from './next-steps.js';

/** What reception turns away, or refuses under its receipt. */
export const intake: Record<string, Explanation> = {
  'intake.ticket': {
    what: say(
      'この受付の切符は、この役所が出したものではないか、期限が過ぎています。何も受け取っていません。',
      '{受付|うけつけ}できません。{時間|じかん}が すぎたかも しれません。',
      'The ticket was not given by this office, or has expired. Nothing was taken in.',
    ),
    next: startAgain,
  },
  'intake.type': {
    what: say(
      '送られたものは、暗号化された申請ではありません。何も受け取っていません。',
      '{申|もう}し{込|こ}みでは ありません。',
      'What was sent is not an encrypted application. Nothing was taken in.',
    ),
    next: applyAgain,
  },
  'intake.size': {
    what: say(
      '送られたものが大きすぎます。何も受け取っていません。',
      '{大|おお}きすぎます。{受|う}け{取|と}って いません。',
      'What was sent is too large. Nothing was taken in.',
    ),
    next: say(
      '添付ファイルを小さくして、もう一度申請してください。',
      'ファイルを {小|ちい}さく して ください。',
      'Make the attached files smaller and apply again.',
    ),
  },
  'intake.tooMany': {
    what: say(
      '同じ依頼に対して、何度も別の申請が送られました。',
      'なんども {送|おく}られました。',
      'Different applications were sent many times for one request.',
    ),
    next: startAgain,
  },
  'intake.unavailable': {
    what: say(
      '役所の受付が今は動いていません。何も受け取っていません。',
      '{役所|やくしょ}の {受付|うけつけ}が いま うごきません。',
      'The office’s reception is not working now. Nothing was taken in.',
    ),
    next: tryLater,
  },
  'intake.agency': {
    what: say(
      'この申請は、別の役所にあてたものです。',
      'ちがう {役所|やくしょ}の {申|もう}し{込|こ}みです。',
      'This application is addressed to another office.',
    ),
    next: applyAgain,
  },
  'intake.nonce': {
    what: say(
      'この申請は、この役所が出した依頼に答えるものではありません。',
      'この {役所|やくしょ}の お{願|ねが}いへの {答|こた}えでは ありません。',
      'This application does not answer a request that this office made.',
    ),
    next: applyAgain,
  },
  'intake.nonceUsed': {
    what: say(
      'この依頼には、すでに別の申請が届いています。',
      'もう {別|べつ}の {申|もう}し{込|こ}みが とどいて います。',
      'Another application has already arrived for this request.',
    ),
    next: applyAgain,
  },
  'intake.definition': {
    what: say(
      '申請の様式が、役所の出した依頼のものとちがいます。',
      '{様式|ようしき}が ちがいます。',
      'The form is not the one that the office’s request named.',
    ),
    next: applyAgain,
  },
  'intake.answers': {
    what: say(
      '申請の内容が、役所のページで書かれたものとちがいます。',
      '{書|か}いた ことと ちがいます。',
      'The answers are not those given on the office’s page.',
    ),
    next: applyAgain,
  },
  'intake.attachments': {
    what: say(
      '添付ファイルが、役所のページで選ばれたものとちがいます。',
      'ファイルが ちがいます。',
      'The files are not those chosen on the office’s page.',
    ),
    next: applyAgain,
  },
  'intake.relation': {
    what: say(
      '補正や取下げの相手の申請が、役所のページで示されたものとちがいます。',
      '{直|なお}す {申|もう}し{込|こ}みが ちがいます。',
      'The earlier application that this one corrects or withdraws is not the one named on the office’s page.',
    ),
    next: lookUpAgain,
  },
  'relation.unknown': {
    what: say(
      '補正や取下げの相手の申請が、見つかりません。',
      'はじめの {申|もう}し{込|こ}みが ありません。',
      'The earlier application that this one corrects or withdraws is not here.',
    ),
    next: askOffice,
  },
  'relation.digest': {
    what: say(
      'はじめの申請は、そのあいだに別の補正で変わりました。この補正は受け取れません。',
      'はじめの {申|もう}し{込|こ}みが もう {変|か}わって います。',
      'The earlier application has meanwhile been changed by another correction. This one does not count.',
    ),
    next: lookUpAgain,
  },
  'relation.state': {
    what: say(
      'はじめの申請は、いま補正や取下げができる状態ではありません。',
      'いまは {直|なお}す ことが できません。',
      'The earlier application cannot be corrected or withdrawn now.',
    ),
    next: lookUpAgain,
  },
  'relation.kind': {
    what: say(
      'この種類の関係（連署）は、この役所ではまだ受け取れません。',
      'この {申|もう}し{込|こ}みは まだ できません。',
      'Applications of this kind (co-signatures) cannot be taken in here yet.',
    ),
    next: askOffice,
  },
};
