/** Who receives applications in the demo: a city, its prefecture and a ministry, each with procedures of its own. */
import { demoProcedures } from '@madoguchi/agency/desk';
import type { Contact, Words } from '@madoguchi/ui';

/** An agency as it is served: of the demo, or an operator's own (`own-agencies.ts`). */
export interface AgencyProfile {
  code: string;
  /** As in its certificate. */
  name: string;
  siteName: Words;
  contact: Contact;
  banner: Words;
  /** The folder of its definitions. */
  procedures: URL;
  /** Keeps a register of residents, with which applications are compared. */
  hasResidents: boolean;
}

export const notReal = (ja: string, jaEasy: string, en: string): Words => ({
  ja: `これは見本です。本物の${ja}ではありません。`,
  jaEasy: `これは {見本|みほん}です。{本物|ほんもの}の ${jaEasy}では ありません。`,
  en: `This is a demonstration, not a real ${en}.`,
});

const city: AgencyProfile = {
  code: '99201',
  name: '見本市',
  siteName: { ja: '見本市', jaEasy: '{見本市|みほんし}', en: 'Mihon City' },
  contact: {
    name: {
      ja: '見本市 市民課',
      jaEasy: '{見本市|みほんし} {市民課|しみんか}',
      en: 'Mihon City, Citizens Division',
    },
    telephone: '099-000-0100',
  },
  banner: notReal('市役所', '{市役所|しやくしょ}', 'city office'),
  procedures: demoProcedures('municipal'),
  hasResidents: true,
};

const prefecture: AgencyProfile = {
  code: '99',
  name: '見本県',
  siteName: { ja: '見本県', jaEasy: '{見本県|みほんけん}', en: 'Mihon Prefecture' },
  contact: {
    name: {
      ja: '見本県 電子申請窓口',
      jaEasy: '{見本県|みほんけん} {窓口|まどぐち}',
      en: 'Mihon Prefecture, Online Counter',
    },
    telephone: '099-000-0200',
  },
  banner: notReal('県庁', '{県|けん}の {役所|やくしょ}', 'prefectural office'),
  procedures: demoProcedures('prefectural'),
  hasResidents: false,
};

const ministry: AgencyProfile = {
  code: '90000',
  name: '見本省',
  siteName: { ja: '見本省', jaEasy: '{見本省|みほんしょう}', en: 'Mihon Ministry' },
  contact: {
    name: {
      ja: '見本省 電子申請窓口',
      jaEasy: '{見本省|みほんしょう} {窓口|まどぐち}',
      en: 'Mihon Ministry, Online Counter',
    },
    telephone: '099-000-0300',
  },
  banner: notReal('省庁', '{国|くに}の {役所|やくしょ}', 'ministry'),
  procedures: demoProcedures('national'),
  hasResidents: false,
};

/** The city first: it is the one that every example leads to. */
export const demoAgencies: readonly AgencyProfile[] = [city, prefecture, ministry];
