import type { AgencyFigures } from '@madoguchi/procedure';
import type { PortalOptions, PortalProcedure } from '../options.js';
import { demoDefinitions } from './definitions.js';

function definitions(level: 'municipal' | 'prefectural' | 'national'): PortalProcedure[] {
  return demoDefinitions(level)
    .map(({ definition }) => definition)
    .sort((a, b) => a.minutes - b.minutes);
}

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
      procedures: definitions('municipal'),
    },
    {
      code: '99',
      name: { ja: '見本県', jaEasy: '{見本県|みほんけん}', en: 'Mihon Prefecture' },
      url: '/a/99/',
      procedures: definitions('prefectural'),
    },
    {
      code: '90000',
      name: { ja: '見本省', jaEasy: '{見本省|みほんしょう}', en: 'Mihon Ministry' },
      url: '/a/90000/',
      procedures: definitions('national'),
    },
  ],
};

const counts = { issued: 1234, valid: 1200, revoked: 30, expired: 4 };

/** What an authority publishes, in the shape of its `/stats.json`. */
export const sampleStats = {
  at: '2026-11-22T01:41:00Z',
  certificates: [
    { profile: 'signature', municipality: '99201', place: '見本市', ...counts },
    { profile: 'authentication', municipality: '99201', place: '見本市', ...counts },
  ],
  history: ['2026-08', '2026-09', '2026-10', '2026-11'].flatMap((month, index) =>
    ['signature', 'authentication'].map((profile) => ({
      ...{ month, prefecture: '99', profile },
      issued: 37 * (index + 1),
      cumulative: 0,
    })),
  ),
  counter: {
    hiddenBelow: 5,
    waiting: null,
    until: '2026-11-21T15:00:00Z',
    months: [
      { month: '2026-10', minutes: { number: 41, median: 6.5, ninety: 14 } },
      { month: '2026-11', minutes: { number: 28, median: 5.9, ninety: 12.4 } },
    ],
  },
  publicHistory: [
    { until: '2008-03', certificates: 710_000, source: '総務省（概数）' },
    { until: '2009-02-28', certificates: 1_041_294, source: '総務省' },
  ],
};

const hidden = { number: null, median: null, ninety: null };

/** What an agency publishes, in the shape of its `stats.json`. */
export function sampleFigures(code: string): AgencyFigures {
  const agency = sampleOptions.agencies.find((one) => one.code === code);
  return {
    until: '2026-11-21T15:00:00Z',
    agency: code,
    hiddenBelow: 5,
    procedures: (agency?.procedures ?? []).map(({ id, title }, index) => {
      const number = Math.floor(240 / (index + 1) ** 2);
      const small = number < 12;
      const decided = small ? hidden : { number: number - 6, median: 2.5 + index, ninety: 6.1 + 2 * index };
      const months = [
        { month: '2026-10', arrived: small ? null : number - 6, decided },
        { month: '2026-11', arrived: 6, decided: hidden },
      ];
      return { id, title, arrived: small ? 6 : number, decided, months };
    }),
  };
}

/** Answers for the authority and for every agency. */
export const sampleFetch = async (url: string | URL | Request): Promise<Response> => {
  const code = /\/a\/([0-9]+)\/stats\.json$/.exec(String(url))?.[1];
  return Response.json(code === undefined ? sampleStats : sampleFigures(code));
};
