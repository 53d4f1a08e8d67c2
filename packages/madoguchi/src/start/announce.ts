/** What `start` says when everything is open: in the terminal, one address a line, the names in a column of their own. */
import type { Addresses } from './addresses.js';
import { demoPins } from './resident-card.js';

type Line = readonly [name: string, value: string];

/** `reason`: why the card is not in a reader, in words. */
export function announce(
  addresses: Addresses,
  reason: string | undefined,
  print: (line: string) => void,
): void {
  const { card } = addresses;
  const places: Line[] = [
    ['ポータル portal', addresses.portal],
    ['見本市 demo city', addresses.agency],
    ...addresses.others.map(({ name, agency }): Line => [name, agency]),
    [
      '認証局の窓口 counter',
      `${addresses.ca}/counter   （職員のカードで by the clerk’s card: ${demoPins.auth}）`,
    ],
  ];
  const desks: Line[] = [
    ['見本市の審査の机 officer’s desk', addresses.desk],
    ...addresses.others.flatMap(({ name, desk, offices }): Line[] => [
      [`${name}の審査の机 desk`, desk],
      ...offices.map(({ name: office, officer, desk: link }): Line => [`・${office} ${officer}`, link]),
    ]),
    ['認証局の窓口 counter', addresses.counter],
    ['サイトの管理 admin', addresses.admin],
    ['相談の机 helpdesk', addresses.helpdesk],
  ];
  const own: Line[] = [
    ['お知らせメール mail', `${addresses.mail}   （送らずに、ここに置きます kept here, not sent）`],
    [
      '署名クライアント agent',
      addresses.agentHome ?? `${addresses.agent} （このパソコンに入れたもの the installed one）`,
    ],
    [
      '総務太郎のカード card',
      card.kind === 'reader'
        ? 'カードリーダーの中 (in a PC/SC reader)'
        : `カードイメージ (card image): ${reason ?? ''}`,
    ],
    ['  署名用パスワード', `${demoPins.sign}   （英数字6〜16文字 signing）`],
    ['  利用者証明用パスワード', `${demoPins.auth}   （数字4けた login）`],
  ];
  const width = Math.max(...[...places, ...desks, ...own].map(([name]) => columnsOf(name)));
  const say = ([name, value]: Line) => print(`  ${name}${' '.repeat(width - columnsOf(name))}   ${value}`);
  print('');
  print('窓口を開けました。 Madoguchi is open.');
  print('');
  places.forEach(say);
  print('');
  print('机のリンク（どれも一度だけ使えます） Desks: each link opens once');
  desks.forEach(say);
  print('');
  own.forEach(say);
  print('');
  print('終わるときは Ctrl-C。 Stop with Ctrl-C.');
}

/** Columns in a terminal: kanji, kana and full-width signs take two. */
function columnsOf(text: string): number {
  return [...text].reduce(
    (sum, char) => sum + (/[\u3000-\u30ff\u3400-\u9fff\uff01-\uff60・]/.test(char) ? 2 : 1),
    0,
  );
}
