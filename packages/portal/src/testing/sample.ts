import type { PortalOptions } from '../options.js';

/** The demo city as `start` hands it over: for tests and for looking at the pages. */
export const sampleOptions: PortalOptions = {
  demo: true,
  contact: {
    name: {
      ja: '見本市 市民課',
      jaEasy: '{見本市|みほんし} {市民課|しみんか}',
      en: 'Mihon City, citizens’ section',
    },
    telephone: '000-000-0000',
    hours: {
      ja: '平日 8時30分〜17時15分',
      jaEasy: '{月曜日|げつようび}から {金曜日|きんようび} 8時30分〜17時15分',
      en: 'Weekdays 8:30–17:15',
    },
  },
  agencies: [
    {
      code: '99201',
      name: { ja: '見本市', jaEasy: '{見本市|みほんし}', en: 'Mihon City' },
      url: '/a/99201/',
      procedures: [
        {
          id: 'juminhyo',
          title: {
            ja: '住民票の写しの交付申請',
            jaEasy: '{住民票|じゅうみんひょう}の {写|うつ}しを もらう {申請|しんせい}',
            en: 'Apply for a copy of your resident record',
          },
          summary: {
            ja: '住民票の写しを、郵送か窓口で受け取れます。',
            jaEasy: '{住民票|じゅうみんひょう}を ゆうびんで もらえます。',
            en: 'A copy of your resident record, by post or at the counter.',
          },
          minutes: 3,
          fee: {
            ja: '300円（受け取りのとき）',
            jaEasy: '300{円|えん}（もらう とき）',
            en: '300 yen, on receipt',
          },
          receiver: 'here',
        },
      ],
    },
  ],
};
