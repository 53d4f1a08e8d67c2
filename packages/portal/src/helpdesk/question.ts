import type { FieldError, Register, Words } from '@madoguchi/ui';
import { type EnvironmentReport, readReport, reportLimit } from './report.js';
import { type CallTime, callTimes, type TicketTopic, ticketTopics } from './ticket.js';

/** What a person asks the helpdesk. */
export interface Asked {
  topic: TicketTopic;
  register: Register;
  body: string;
  /** Digits and hyphens; present where a call is wanted. */
  telephone?: string;
  callAt: CallTime;
  report?: EnvironmentReport;
}

export const bodyLimit = 2000;

const faults = {
  topic: {
    ja: 'どれについての相談か選んでください。',
    jaEasy: 'ひとつ えらんで ください。',
    en: 'Choose what it is about.',
  },
  body: {
    ja: 'こまっていることを書いてください。',
    jaEasy: 'こまって いる ことを {書|か}いて ください。',
    en: 'Say what troubles you.',
  },
  long: {
    ja: '2,000文字までにしてください。',
    jaEasy: '2000{文字|もじ}までに して ください。',
    en: 'Please keep to 2,000 characters.',
  },
  myNumber: {
    ja: '12けたの数字があります。マイナンバーは書かないでください。消してから、もう一度送ってください。',
    jaEasy: '12けたの {数字|すうじ}が あります。マイナンバーは {消|け}して ください。',
    en: 'There is a number of 12 digits. Please do not write your My Number: take it out and send again.',
  },
  telephone: {
    ja: '電話番号を数字で書いてください（例: 090-0000-0000）。',
    jaEasy: '{電話番号|でんわばんごう}を {書|か}いて ください。',
    en: 'Enter a telephone number, for example 090-0000-0000.',
  },
  callAt: {
    ja: '電話の時間を選んでください。',
    jaEasy: '{電話|でんわ}の {時間|じかん}を えらんで ください。',
    en: 'Choose when we may call.',
  },
  report: {
    ja: 'このファイルは、環境の確認の結果ではありません。',
    jaEasy: 'この ファイルは ちがいます。',
    en: 'This file is not a report of the environment check.',
  },
  consent: {
    ja: 'ファイルを送るときは、「送ってよい」にしるしをつけてください。',
    jaEasy: 'ファイルを {送|おく}る ときは しるしを つけて ください。',
    en: 'To send the file, tick that it may be sent.',
  },
} satisfies Record<string, Words>;

const ascii = (text: string) =>
  text
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[ー−‐―]/g, '-');

/** Line ends as one sign each, without control characters: no database keeps them all, and nobody reads them. */
export const tidyText = (typed: string): string =>
  typed
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();

type Posted = Record<string, unknown>;
const text = (posted: Posted, name: string) => {
  const value = posted[name];
  return typeof value === 'string' ? value : '';
};

/** Reads the form. What is wrong is told by field; nothing that was typed is lost. */
export async function readQuestion(
  posted: Posted,
  register: Register,
): Promise<{ ok: true; asked: Asked } | { ok: false; errors: FieldError[] }> {
  const errors: FieldError[] = [];
  const wrong = (field: string, message: Words) => errors.push({ field, message });
  const topic = ticketTopics.find((one) => one === posted.topic);
  if (topic === undefined) wrong('topic', faults.topic);
  const body = tidyText(text(posted, 'body'));
  if (body === '') wrong('body', faults.body);
  else if (body.length > bodyLimit) wrong('body', faults.long);
  // The number of a person, with or without gaps. A telephone number has at most eleven digits.
  else if (/(?<![0-9])(?:[0-9][ -]?){11}[0-9](?![0-9])/.test(ascii(body))) wrong('body', faults.myNumber);
  const callAt = callTimes.find((one) => one === (posted.callAt ?? 'none'));
  if (callAt === undefined) wrong('callAt', faults.callAt);
  const telephone = ascii(text(posted, 'telephone')).trim();
  const wanted = callAt !== undefined && callAt !== 'none';
  if (wanted && !/^\+?[0-9][0-9-]{8,16}$/.test(telephone)) wrong('telephone', faults.telephone);
  const report = await readReportFile(posted, wrong);
  if (errors.length > 0 || topic === undefined || callAt === undefined) return { ok: false, errors };
  return {
    ok: true,
    asked: {
      topic,
      register,
      body,
      callAt,
      ...(wanted ? { telephone } : {}),
      ...(report === undefined ? {} : { report }),
    },
  };
}

async function readReportFile(
  posted: Posted,
  wrong: (field: string, message: Words) => void,
): Promise<EnvironmentReport | undefined> {
  const file = posted.report;
  if (!(file instanceof File) || file.size === 0) return undefined;
  const report = file.size > reportLimit ? undefined : readReport(await file.text());
  if (report === undefined) wrong('report', faults.report);
  else if (posted.consent !== 'yes') wrong('consent', faults.consent);
  return report;
}
