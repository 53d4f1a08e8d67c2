/** Every error that reaches the command line, as an exit code and one sentence (Japanese and English). */
import { CardError } from '@madoguchi/card';
import {
  ClientError,
  explainClientError,
  RenewalError,
  renewalWords,
  TokenError,
  tokenWords,
} from '@madoguchi/client/card';
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

/** The errors of `store` and `ca` carry their words and their exit code: known by that, so that no database is loaded to ask. */
function isTold(
  error: unknown,
): error is { readonly exitCode: number; readonly words: { readonly ja: string; readonly en: string } } {
  return error instanceof Error && 'exitCode' in error && 'words' in error;
}

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
  if (isTold(error)) {
    return { exit: byNumber.get(error.exitCode) ?? 'defect', lines: [plain(error.words.ja), error.words.en] };
  }
  if (error instanceof CardError) return { exit: 'unavailable', lines: [error.message] };
  return undefined;
}
