import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cardKeyFor } from '@madoguchi/ca/authority';
import { createCardImage, demoMyNumber, type Medium, media, openCardImage } from '@madoguchi/card';
import { cardSettingsOf, settingOption } from '../cli/card-settings-option.js';
import { type Command, CommandError, optional, required, type Values } from '../cli/command.js';
import { faceIssuerOf } from '../cli/face-issuer.js';
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

function mediumOption(values: Values): Medium {
  const given = optional(values, 'medium') ?? 'my-number-card';
  const names = Object.keys(media) as Medium[];
  const medium = names.find((each) => each === given);
  if (medium === undefined)
    throw new CommandError('usage', `--medium is ${given}: use one of ${names.join(', ')}.`);
  return medium;
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
    medium: { type: 'string' },
    ...settingOption,
    output: { type: 'string', short: 'o' },
    json: { type: 'boolean' },
  },
  run: async ({ values, print, printJson }) => {
    const file = path.resolve(required(values, 'output'));
    if (existsSync(file))
      throw new CommandError('usage', `${file} exists already; a card is never overwritten.`);
    const municipality = required(values, 'municipality');
    const medium = mediumOption(values);
    const settings = cardSettingsOf(values);
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
        keyFolder: path.resolve(required(values, 'ca')),
        cardKey,
        medium,
        settings,
        faceIssuer: await faceIssuerOf(keystore),
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
    if (values.json === true) printJson({ file, medium, ...issued });
    else print(`${file}: a card for ${resident.name}. Serve it with: madoguchi card serve ${file}`);
    return 'good';
  },
};
