import type { Task } from '@madoguchi/store';
import { z } from 'zod';
import { openArrived } from './intake/open.js';
import type { ReceptionOptions, VerifyCaseInput } from './options.js';
import { makeReply, replyJob, replyPayload } from './replies/reply.js';

const openPayload = z.object({ agency: z.string(), receiptNumber: z.string() });

/** Reception with what comes after it. */
export interface Reception {
  options: ReceptionOptions;
  verify: (input: Omit<VerifyCaseInput, 'trust'>) => Promise<void>;
}

/** The jobs of reception, for all agencies of this process: an envelope that arrived is opened and handed to verification; a decision gets its signed notice. */
export function receptionTasks(receptions: Reception[]): Record<string, Task> {
  return {
    'agency.open': async (payload) => {
      const { agency, receiptNumber } = openPayload.parse(payload);
      const reception = receptions.find(({ options }) => options.agency.code === agency);
      if (!reception) throw new Error(`no reception for agency ${agency} in this process`);
      await openArrived(reception.options, receiptNumber, reception.verify);
    },
    [replyJob]: async (payload) => {
      const { agency, receiptNumber } = replyPayload.parse(payload);
      const reception = receptions.find(({ options }) => options.agency.code === agency);
      if (!reception) throw new Error(`no reception for agency ${agency} in this process`);
      await makeReply(reception.options, receiptNumber);
    },
  };
}
