import { enqueue, type Task } from '@madoguchi/store';
import { z } from 'zod';
import { openArrived } from './intake/open.js';
import { openTogether } from './intake/open-together.js';
import { mailJob, mailPayload, sendLetter } from './mail/outbox.js';
import type { ReceptionOptions, VerifyCaseInput } from './options.js';
import { makeReply, replyJob, replyPayload } from './replies/reply.js';
import type { CitizenTrust } from './verification/trust.js';
import { deliver, webhookJob, webhookPayload } from './webhooks/outbox.js';

const openPayload = z.object({
  agency: z.string(),
  receiptNumber: z.string().optional(),
  /** Those that arrived in one commit. */
  receiptNumbers: z.array(z.string()).optional(),
});

/** Reception with what comes after it. */
export interface Reception {
  options: ReceptionOptions;
  verify: (input: Omit<VerifyCaseInput, 'trust'>) => Promise<void>;
  /** Whom `verify` believes: then what arrived together is opened and verified together. */
  trust?: CitizenTrust;
}

/** The jobs of reception, for all agencies of this process: envelopes that arrived are opened and verified; a decision gets its signed notice; core systems and applicants are told. */
export function receptionTasks(receptions: Reception[]): Record<string, Task> {
  return {
    'agency.open': async (payload) => {
      const { agency, receiptNumber, receiptNumbers = [] } = openPayload.parse(payload);
      const reception = receptions.find(({ options }) => options.agency.code === agency);
      if (!reception) throw new Error(`no reception for agency ${agency} in this process`);
      if (receiptNumber !== undefined) await openArrived(reception.options, receiptNumber, reception.verify);
      if (receiptNumbers.length > 0) await openAll(reception, receiptNumbers);
    },
    [replyJob]: async (payload) => {
      const { agency, receiptNumber } = replyPayload.parse(payload);
      const reception = receptions.find(({ options }) => options.agency.code === agency);
      if (!reception) throw new Error(`no reception for agency ${agency} in this process`);
      await makeReply(reception.options, receiptNumber);
    },
    [mailJob]: async (payload) => {
      const { agency, id } = mailPayload.parse(payload);
      const reception = receptions.find(({ options }) => options.agency.code === agency);
      if (!reception) throw new Error(`no reception for agency ${agency} in this process`);
      const { db, keys, clock, mail } = reception.options;
      // Without a way out the letter waits in the queue.
      if (mail === undefined) throw new Error(`no mail server for agency ${agency} in this process`);
      const from = { sql: db.sql, agency: reception.options.agency, secret: keys.secret, clock };
      await sendLetter({ ...from, sender: mail }, id);
    },
    [webhookJob]: async (payload) => {
      const { agency, id } = webhookPayload.parse(payload);
      const reception = receptions.find(({ options }) => options.agency.code === agency);
      if (!reception) throw new Error(`no reception for agency ${agency} in this process`);
      const { db, keys, clock, webhookOrigins = [] } = reception.options;
      const from = { sql: db.sql, agency: { code: agency }, secret: keys.secret, clock };
      await deliver({ ...from, origins: webhookOrigins }, id);
    },
  };
}

/** One that fails gets a job of its own: it is tried again without the others. */
async function openAll({ options, verify, trust }: Reception, receiptNumbers: string[]): Promise<void> {
  const left = trust === undefined ? receiptNumbers : await openTogether(options, trust, receiptNumbers);
  for (const receiptNumber of left) {
    try {
      await openArrived(options, receiptNumber, verify);
    } catch {
      const agency = options.agency.code;
      await enqueue(options.db.sql, 'agency.open', { agency, receiptNumber });
    }
  }
}
