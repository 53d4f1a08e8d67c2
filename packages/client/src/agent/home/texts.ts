import { w } from '../../client-words.js';

/** What the agent's own start page and the environment check say. */
export const homeTexts = {
  home: w('署名クライアント', '{署名|しょめい}クライアント', 'Signing agent'),
  homeLead: w(
    'このパソコンで動いています。ほかのサイトからは見えません。',
    'この パソコンで うごいて います。',
    'It runs on this computer. No site can see this page.',
  ),
  checkLink: w('環境の確認', '{準備|じゅんび}の {確認|かくにん}', 'Environment check'),
  checkNote: w(
    'リーダー、カード、電子証明書、パスワードの残り回数を確かめます。',
    'リーダーと カードを {見|み}ます。',
    'Looks at reader, card, certificates and the tries left.',
  ),
  filesLink: w('ファイルの署名と検証', 'ファイルの {署名|しょめい}', 'Sign and verify files'),
  filesNote: w(
    'ファイルをここに置いて、カードで署名したり、署名を確かめたりします。',
    'ファイルに カードで {署名|しょめい}します。',
    'Drop files to sign them with your card, or to verify their signatures.',
  ),
  checkTitle: w('環境の確認', '{準備|じゅんび}の {確認|かくにん}', 'Environment check'),
  green: w('準備ができています', '{準備|じゅんび}が できて います', 'Everything is ready'),
  yellow: w(
    '使えますが、気をつけることがあります',
    '{使|つか}えます。でも {見|み}て ください',
    'Usable, with something to look at',
  ),
  red: w('まだ使えません', 'まだ {使|つか}えません', 'Not ready yet'),
  live: w(
    'カードやリーダーを入れると、この画面は自動で変わります。パスワードはたずねません。',
    'カードを {入|い}れると、この {画面|がめん}は かわります。パスワードは いりません。',
    'This page changes by itself when a card or reader comes. It asks for no password.',
  ),
  states: {
    ok: w('良い', 'よい', 'Good'),
    warn: w('気をつけてください', '{見|み}て ください', 'Take note'),
    fail: w('まだです', 'まだです', 'Not yet'),
    skip: w('あとで確かめます', 'あとで {見|み}ます', 'Checked later'),
  },
  next: w('次にすること', 'つぎに する こと', 'Next step'),
  again: w('もう一度確かめる', 'もういちど {見|み}る', 'Check again'),
  save: w('結果を保存する', '{結果|けっか}を {保存|ほぞん}する', 'Save the result'),
  saveNote: w(
    '保存したファイルは、ヘルプデスクに相談するときに役立ちます。名前、番号、パスワードは入りません。',
    '{相談|そうだん}する ときの ファイルです。{名前|なまえ}は {入|はい}りません。',
    'The file helps when you ask a helpdesk. It holds no name, number or password.',
  ),
  tellTitle: w('元のサイトに知らせる', 'もとの サイトに {知|し}らせる', 'Tell the site you came from'),
  tellNote: w(
    '{host} に伝わるのは「準備ができている」か「まだ」かだけです。カードの中身やパソコンのことは伝わりません。',
    '{host} には「できて いる」か「まだ」だけ {伝|つた}わります。',
    '{host} learns only whether everything is ready or not: nothing about your card or computer.',
  ),
  tell: w('結果を知らせてもどる', '{結果|けっか}を {知|し}らせて もどる', 'Tell the result and go back'),
};
