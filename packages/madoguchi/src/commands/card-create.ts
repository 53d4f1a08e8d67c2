import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cardKeyFor } from '@madoguchi/ca';
import { createCardImage, demoMyNumber, openCardImage } from '@madoguchi/card';
import { type Command, CommandError, required, type Values } from '../cli/command.js';
import { imageKeyOf, withAuthority } from '../cli/folder.js';
import { pinFromEnvironment } from '../cli/pin.js';

const sexes = ['male', 'female', 'other', 'unknown'] as const;

function sexOption(values: Values): (typeof sexes)[number] {
  const given = required(values, 'sex');
  const sex = sexes.find((each) => each === given);
  if (sex === undefined)
    throw new CommandError('usage', `--sex is ${given}: use one of ${sexes.join(', ')}.`);
  return sex;
}

function dayOption(values: Values, name: string): string {
  const day = required(values, name);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day))
    throw new CommandError('usage', `--${name} is ${day}: write YYYY-MM-DD.`);
  return day;
}

/** A My Number Card is good to the tenth birthday after its issue (the fifth for minors; not needed for the demo). */
function cardExpiry(now: Date): string {
  return `${now.getUTCFullYear() + 10}-${String(now.getUTCMonth() + 1).padStart(2, '0')}-01`;
}

/** Makes a card image and has the authority issue both certificates to it, with keys that the card generates. */
export const cardCreate: Command = {
  options: {
    ca: { type: 'string' },
    name: { type: 'string' },
    address: { type: 'string' },
    birth: { type: 'string' },
    sex: { type: 'string' },
    municipality: { type: 'string' },
    'auth-pin-env': { type: 'string' },
    'sign-pin-env': { type: 'string' },
    output: { type: 'string', short: 'o' },
    json: { type: 'boolean' },
  },
  run: async ({ values, print, printJson }) => {
    const file = path.resolve(required(values, 'output'));
    if (existsSync(file))
      throw new CommandError('usage', `${file} exists already; a card is never overwritten.`);
    const municipality = required(values, 'municipality');
    const resident = {
      name: required(values, 'name'),
      address: required(values, 'address'),
      birthDate: dayOption(values, 'birth'),
      sex: sexOption(values),
      municipality,
    };
    const authPin = pinFromEnvironment(required(values, 'auth-pin-env'));
    const signPin = pinFromEnvironment(required(values, 'sign-pin-env')).toUpperCase();
    const now = new Date();
    const issued = await withAuthority({ data: required(values, 'ca') }, async (ca, { keystore }) => {
      const imageKey = imageKeyOf(keystore);
      const cardKey = cardKeyFor(keystore, path.basename(file));
      await createCardImage(file, {
        imageKey,
        cardKey,
        text: { ...resident, myNumber: demoMyNumber(`${resident.name}${resident.birthDate}`) },
        expiry: cardExpiry(now),
        municipality,
        authPin,
        signPin,
        textPin: authPin,
      });
      const card = await openCardImage(file, { imageKey });
      try {
        card.powerOn();
        return await ca.issueToCard({ transmit: card.transmit, cardKey, resident, signPin });
      } catch (error) {
        // A card without certificates is of no use to anybody.
        rmSync(file, { force: true });
        throw error;
      } finally {
        card.reset();
        await card.close();
      }
    });
    if (values.json === true) printJson({ file, ...issued });
    else print(`${file}: a card for ${resident.name}. Serve it with: madoguchi card serve ${file}`);
    return 'good';
  },
};
