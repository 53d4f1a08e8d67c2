import { StoreError } from '../error.js';

/** A call of the module that did not succeed: which, and the CK_RV. What was begun is undone by nobody; the session is given up. */
export function tokenFault(call: string, result: number): StoreError {
  const code = `0x${result.toString(16)}`;
  return new StoreError(
    'token.fault',
    {
      ja: `鍵を守る装置（HSM）が答えません（${call}: ${code}）。装置と接続を確かめてください。続きは、装置が戻ってから行えます。`,
      jaEasy: `かぎの きかいが こたえません（${code}）。きかいを たしかめて ください。`,
      en: `The hardware security module does not answer (${call}: ${code}). Check the module and its connection; work goes on when it is back.`,
    },
    { exitCode: 69 },
  );
}

export function tokenAbsent(label: string): StoreError {
  return new StoreError(
    'token.absent',
    {
      ja: `鍵を守る装置に「${label}」というトークンがありません。`,
      jaEasy: `かぎの きかいに「${label}」が ありません。`,
      en: `There is no token named "${label}" in the hardware security module.`,
    },
    { exitCode: 69 },
  );
}

export function tokenPin(isLocked: boolean): StoreError {
  return new StoreError(
    'token.pin',
    {
      ja: isLocked ? 'トークンのPINがロックされています。' : 'トークンのPINが違います。',
      jaEasy: isLocked ? 'PINが ロックされて います。' : 'PINが ちがいます。',
      en: isLocked ? 'The PIN of the token is locked.' : 'The PIN of the token is wrong.',
    },
    { exitCode: 77 },
  );
}

export function moduleMissing(why: string): StoreError {
  return new StoreError(
    'token.module',
    {
      ja: `PKCS #11 モジュールを使えません（${why}）。`,
      jaEasy: 'かぎの きかいの プログラムが つかえません。',
      en: `The PKCS #11 module cannot be used: ${why}.`,
    },
    { exitCode: 69 },
  );
}
