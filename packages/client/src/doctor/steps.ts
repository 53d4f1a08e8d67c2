import type { Words } from '@madoguchi/ui';
import { w } from '../three-words.js';
import type { DoctorCheckId } from './report.js';

/** The preparation page of the deck (オンライン手続の準備), step by step, with the lines of the check that belong to each; then the card itself. */
export const doctorSteps: readonly { title: Words; checks: readonly DoctorCheckId[] }[] = [
  {
    title: w('1 パソコンの環境', '1 パソコン', '1 This computer'),
    checks: ['system'],
  },
  {
    title: w('2 カードリーダーの用意', '2 カードリーダー', '2 The card reader'),
    checks: ['reader'],
  },
  {
    title: w('3 カードリーダーの設定', '3 カードリーダーの {準備|じゅんび}', '3 Its set-up'),
    checks: ['service', 'driver'],
  },
  {
    title: w('4 動作環境', '4 うごかす もの', '4 The runtime'),
    checks: ['node'],
  },
  {
    title: w(
      '5 利用者クライアントソフト',
      '5 {利用者|りようしゃ}クライアントソフト',
      '5 The client software',
    ),
    checks: ['agent', 'login'],
  },
  {
    title: w('6 申請先へのアクセス', '6 {申請先|しんせいさき}', '6 Access to the receiving systems'),
    checks: ['browser', 'receivers'],
  },
  {
    title: w('カードと電子証明書', 'カード', 'The card and its certificates'),
    checks: ['card', 'certificate', 'certificate-sign', 'pin-sign', 'pin-auth'],
  },
];
