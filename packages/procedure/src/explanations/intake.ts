import type { Explanation } from '../explain.js';
import { say } from '../words.js';
import { applyAgain, startAgain, tryLater } from './next-steps.js';

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
};
