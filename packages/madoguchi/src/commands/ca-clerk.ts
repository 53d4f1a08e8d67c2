/** Who works at the counter: accounts, their roles, and the cards by which they come in. */
import {
  addClerk,
  createCounterLink,
  listClerks,
  registerCertificate,
  removeClerk,
  roleNames,
} from '@madoguchi/ca/authority';
import { type Command, CommandError, type ExitName, optional, required } from '../cli/command.js';
import { dataOption } from '../cli/data-path.js';
import { withAuthority } from '../cli/folder.js';
import { readInput } from '../cli/input.js';
import { reachedAt } from '../cli/reached-at.js';
import { fromPemOrDer } from './certificate-text.js';

/** A name for the audit chain: a–z, 0–9 and hyphen, never a person's. */
function accountOf([account]: readonly string[]): string {
  if (account === undefined)
    throw new CommandError('usage', 'Which account? A name like clerk-7, never a person’s.');
  return account;
}

const json = { json: { type: 'boolean' } } as const;

export const caClerkAdd: Command = {
  options: {
    ...dataOption,
    ...json,
    role: { type: 'string' },
    municipality: { type: 'string' },
    certificate: { type: 'string' },
    origin: { type: 'string' },
  },
  run: async ({ values, words, print, printJson }) => {
    const account = accountOf(words);
    const given = required(values, 'role');
    const role = roleNames.find((each) => each === given);
    if (role === undefined)
      throw new CommandError('usage', `--role is ${given}: use one of ${roleNames.join(', ')}.`);
    const municipality = optional(values, 'municipality');
    const file = optional(values, 'certificate');
    const certificate = file === undefined ? undefined : fromPemOrDer(readInput(file));
    return withAuthority<ExitName>(values, async (ca) => {
      const ctx = ca.context;
      await addClerk(ctx, { account, role, ...(municipality === undefined ? {} : { municipality }) });
      if (certificate !== undefined) {
        await registerCertificate(ctx, account, certificate);
        if (values.json === true)
          printJson({ account, role, municipality: municipality ?? null, link: null });
        else print(`${account} (${role}): the counter opens with the card of this certificate.`);
        return 'good';
      }
      // Cards of the scheme of 2008 hold nothing to log in by: there the link itself opens the counter.
      const purpose = (await ca.anchors()).authentication.length === 0 ? 'enter' : 'register';
      const place = municipality === undefined ? {} : { municipality };
      const made = await createCounterLink(ctx, { clerk: account, role, purpose, ...place });
      const link = `${reachedAt(values, 'ca') ?? ctx.publicUrl}${made}`;
      if (values.json === true) printJson({ account, role, municipality: municipality ?? null, link });
      else {
        print(
          `${account} (${role}): give this link to the person. It works once, within a day${purpose === 'register' ? ', and registers their card' : ''}:`,
        );
        print(link);
      }
      return 'good';
    });
  },
};

export const caClerkList: Command = {
  options: { ...dataOption, ...json },
  run: ({ values, print, printJson }) =>
    withAuthority<ExitName>(values, async (ca) => {
      const clerks = await listClerks(ca.context);
      if (values.json === true)
        printJson(clerks.map((clerk) => ({ ...clerk, municipality: clerk.municipality ?? null })));
      else if (clerks.length === 0) print('Nobody is enrolled. Add somebody: madoguchi ca clerk add --help');
      else {
        print(`${'account'.padEnd(20)} ${'role'.padEnd(11)} ${'place'.padEnd(6)} card`);
        for (const { account, role, municipality, hasCard } of clerks)
          print(
            `${account.padEnd(20)} ${role.padEnd(11)} ${(municipality ?? 'all').padEnd(6)} ${hasCard ? 'registered' : 'none yet'}`,
          );
      }
      return 'good';
    }),
};

export const caClerkRemove: Command = {
  options: { ...dataOption, ...json },
  run: ({ values, words, print, printJson }) =>
    withAuthority<ExitName>(values, async (ca) => {
      const account = accountOf(words);
      const removed = await removeClerk(ca.context, account);
      if (values.json === true) printJson({ account, removed });
      else
        print(
          removed
            ? `${account} is removed; what was open is closed. The name is never given to somebody else.`
            : `Nobody is enrolled as ${account}.`,
        );
      return removed ? 'good' : 'no';
    }),
};
