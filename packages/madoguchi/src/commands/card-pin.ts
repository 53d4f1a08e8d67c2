import { CardSession, type PinKind } from '@madoguchi/client';
import { cardOptions, channelOf } from '../cli/card-option.js';
import { type Command, CommandError, optional } from '../cli/command.js';
import { pinFromEnvironment, pinOptions, readPin } from '../cli/pin.js';

const kinds = ['sign', 'auth', 'text'] as const satisfies readonly PinKind[];
const labels: Record<PinKind, string> = {
  sign: '署名用パスワード（英数字6〜16文字）',
  auth: '利用者証明用パスワード（数字4けた）',
  text: '券面事項入力補助用パスワード（数字4けた）',
};

function kindOf(word: string | undefined): PinKind {
  const kind = kinds.find((each) => each === word);
  if (kind === undefined) throw new CommandError('usage', `Which PIN? One of ${kinds.join(', ')}.`);
  return kind;
}

export const cardPinStatus: Command = {
  options: { ...cardOptions, json: { type: 'boolean' } },
  run: async ({ values, words, print, printJson }) => {
    const asked = words[0] === undefined ? kinds : [kindOf(words[0])];
    const session = new CardSession(await channelOf(values));
    const found: Record<string, unknown> = {};
    for (const kind of asked) {
      const status = await session.pinStatus(kind);
      found[kind] = status;
      if (values.json !== true) {
        print(
          `${labels[kind]}: ${status.state === 'locked' ? 'ロックされています' : `のこり ${status.triesLeft} 回`}`,
        );
      }
    }
    if (values.json === true) printJson(found);
    return 'good';
  },
};

export const cardPinChange: Command = {
  options: { ...cardOptions, ...pinOptions, 'new-pin-env': { type: 'string' } },
  run: async ({ values, words, print }) => {
    const kind = kindOf(words[0]);
    const session = new CardSession(await channelOf(values));
    const old = await readPin(values, `いまの${labels[kind]}`);
    const variable = optional(values, 'new-pin-env');
    const fresh =
      variable === undefined ? await readPin({}, `新しい${labels[kind]}`) : pinFromEnvironment(variable);
    if (variable === undefined && (await readPin({}, 'もう一度')) !== fresh) {
      throw new CommandError('refused', '二つの新しいパスワードがちがいます。カードは変わっていません。');
    }
    await session.changePin(kind, old, fresh);
    print(`${labels[kind]}を変えました。`);
    return 'good';
  },
};
