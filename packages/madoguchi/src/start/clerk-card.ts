/** The demo's clerk: an account at the counter, and a card by which it comes in. */
import { addClerk, type Ca, CaError, createCounterLink, registerCertificate } from '@madoguchi/ca';
import type { Keystore } from '@madoguchi/store';
import { demoCard } from './resident-card.js';

const account = 'clerk-1';
const municipality = '99201';

/**
 * The card's file; on the first start the account is enrolled and the card registered for it. Over an authority with a register of its own, which
 * does not know the demo's clerk, there is the account alone: its link opens the counter.
 */
export async function clerkCard(demo: {
  ca: Ca;
  keystore: Keystore;
  dir: string;
  clock: () => Date;
}): Promise<string | undefined> {
  const { ca } = demo;
  const made = await demoCard(demo, '例示　太郎', 'demo-clerk.card');
  if (made?.residentId === undefined) {
    await unlessRemoved(() => addClerk(ca.context, { account, role: 'supervisor', municipality }));
    return made?.file;
  }
  const { file, residentId } = made;
  await unlessRemoved(async () => {
    await addClerk(ca.context, { account, role: 'supervisor', municipality });
    const [made] = await ca.list({ municipality, resident: residentId, profile: 'authentication', limit: 1 });
    const certificate = made === undefined ? undefined : (await ca.show({ alias: made.alias }))?.certificate;
    if (certificate !== undefined) await registerCertificate(ca.context, account, certificate);
  });
  return file;
}

/** The path that opens the demo's counter once; its first page where the operator has ended the demo's account. */
export async function clerkLink(ca: Ca): Promise<string> {
  const link = await unlessRemoved(() => createCounterLink(ca.context, { clerk: account, municipality }));
  return link ?? '/counter';
}

async function unlessRemoved<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CaError && error.rule === 'clerk.taken') return undefined;
    throw error;
  }
}
