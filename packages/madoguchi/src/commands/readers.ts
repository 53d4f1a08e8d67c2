import { listReaders } from '@madoguchi/client';
import type { Command } from '../cli/command.js';

const kinds = {
  'my-number-card': 'マイナンバーカード',
  'next-card': '次期個人番号カード（試作）',
  jukicard: '住民基本台帳カード（使えません）',
  android: 'スマートフォン（Android）',
  ios: 'スマートフォン（iPhone）',
  other: 'ほかのカード',
} as const;

export const readers: Command = {
  options: { json: { type: 'boolean' } },
  run: async ({ values, print, printJson }) => {
    const list = await listReaders();
    if (values.json === true) printJson(list);
    else if (list.service === 'absent-library')
      print('PC/SC の部品がありません（Linux: apt install pcscd）。');
    else if (list.service === 'stopped')
      print('スマートカードのサービスが止まっています（Linux: systemctl start pcscd）。');
    else if (list.readers.length === 0)
      print('カードリーダーが見つかりません。つないでから、もう一度お試しください。');
    else {
      for (const reader of list.readers) {
        const card = !reader.cardPresent
          ? 'カードなし'
          : reader.kind === undefined
            ? 'カードあり（使用中）'
            : kinds[reader.kind];
        print(`${reader.name}: ${card}`);
      }
    }
    return list.readers.length > 0 ? 'good' : 'unavailable';
  },
};
