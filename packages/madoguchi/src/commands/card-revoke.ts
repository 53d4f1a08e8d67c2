/** オンライン失効申請: the holder ends a certificate by its own key. */
import { endCertificate, renewedNames } from '@madoguchi/client';
import { fill, formatDate, type Words } from '@madoguchi/ui/words';
import { authorityAddress } from '../cli/authority-address.js';
import { cardOptions, sessionOf } from '../cli/card-option.js';
import { type Command, CommandError } from '../cli/command.js';
import { langOption, languageOf, say } from '../cli/language.js';
import { givenPin, pinOptions } from '../cli/pin.js';
import { askYes, hasPerson } from '../cli/terminal.js';
import { withPin } from '../cli/with-pin.js';

const own: Record<'sure' | 'kept' | 'ended', Words> = {
  sure: {
    ja: '{name}を失効させます。もとには戻せません。新しい証明書は窓口で作ります。よろしいですか',
    jaEasy: '{name}を おわりに します。もとに もどせません。いいですか',
    en: '{name} will be revoked for ever; a new one is made at the counter only. Go on?',
  },
  kept: {
    ja: '何もしませんでした。証明書はそのままです。',
    jaEasy: 'なにも して いません。',
    en: 'Nothing was done. The certificate is as it was.',
  },
  ended: {
    ja: '{name}は {time} に失効しました。',
    jaEasy: '{name}は {time} に おわりました。もう {使|つか}えません。',
    en: '{name}: revoked on {time}.',
  },
};

export const cardRevoke: Command = {
  options: {
    ...cardOptions,
    ...pinOptions,
    url: { type: 'string' },
    yes: { type: 'boolean' },
    ...langOption,
    json: { type: 'boolean' },
  },
  run: async ({ values, words, print, printJson }) => {
    const [key] = words;
    if (key !== 'sign' && key !== 'auth') throw new CommandError('usage', 'Which certificate? sign or auth.');
    const register = languageOf(values);
    const authority = authorityAddress(values);
    const given = givenPin(values);
    if (values.yes !== true) {
      if (!hasPerson())
        throw new CommandError('usage', 'A revocation is for ever: say --yes, or run this in a terminal.');
      if (!(await askYes(say(fill(own.sure, { name: renewedNames[key] }), register)))) {
        print(say(own.kept, register));
        return 'no';
      }
    }
    const session = await sessionOf(values);
    const { channel } = session;
    const { revokedAt } = await withPin({ session, kind: key, values, given }, (pin, { lastTry }) =>
      endCertificate({ channel, key, pin: () => pin, lastTry }, { authority, now: new Date() }),
    );
    if (values.json === true) printJson({ certificate: key, revokedAt: revokedAt.toISOString() });
    else {
      const time = formatDate(revokedAt, register, { time: true });
      print(say(fill(own.ended, { name: renewedNames[key], time }), register));
    }
    return 'good';
  },
};
