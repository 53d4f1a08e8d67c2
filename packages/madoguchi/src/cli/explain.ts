/** Every error that reaches the command line, as an exit code and one sentence (Japanese and English). */
import { CaError } from '@madoguchi/ca';
import { CardError } from '@madoguchi/card';
import {
  ClientError,
  explainClientError,
  RenewalError,
  renewalWords,
  TokenError,
  tokenWords,
} from '@madoguchi/client';
import { StoreError } from '@madoguchi/store';
import { type ExitName, exitCodes } from './command.js';
import { plain } from './plain.js';

const clientExits: Partial<Record<ClientError['code'], ExitName>> = {
  'pin-wrong': 'refused',
  'pin-locked': 'refused',
  'pin-last-try': 'refused',
  'pin-format': 'usage',
};

const tokenExits: Partial<Record<TokenError['rule'], ExitName>> = {
  'token.unreachable': 'unavailable',
  'token.file': 'usage',
  'token.pins': 'usage',
};

const byNumber = new Map<number, ExitName>(
  Object.entries(exitCodes).map(([name, code]) => [code, name as ExitName]),
);

export interface Explained {
  exit: ExitName;
  lines: string[];
}

/** `undefined` for what is not one of our named errors: a defect. */
export function explain(error: unknown): Explained | undefined {
  if (error instanceof ClientError) {
    const { what, next } = explainClientError(error);
    return {
      exit: clientExits[error.code] ?? 'unavailable',
      lines: [plain(`${what.ja}${next.ja}`), plain(`${what.en} ${next.en}`)],
    };
  }
  if (error instanceof TokenError) {
    const [what, next] = tokenWords[error.rule];
    return {
      exit: tokenExits[error.rule] ?? 'refused',
      lines: [plain(`${what.ja}${next.ja}`), plain(`${what.en} ${next.en}`)],
    };
  }
  if (error instanceof RenewalError) {
    const [what, next] = renewalWords[error.rule];
    const lost = error.rule === 'renewal.unreachable';
    return {
      exit: lost ? 'unavailable' : 'refused',
      lines: [plain(`${what.ja}${next.ja}`), plain(`${what.en} ${next.en}`)],
    };
  }
  if (error instanceof StoreError || error instanceof CaError) {
    return { exit: byNumber.get(error.exitCode) ?? 'defect', lines: [plain(error.words.ja), error.words.en] };
  }
  if (error instanceof CardError) return { exit: 'unavailable', lines: [error.message] };
  return undefined;
}
