/** The process that holds a PKCS #11 module: asked over the channel to its parent, gone when that is gone. */
import { StoreError } from '../error.js';
import { openTokenHere, type Token } from './token-here.js';
import type { Numbered, TokenAnswer, TokenQuestion } from './token-messages.js';

let token: Token | undefined;

async function answer(question: TokenQuestion): Promise<TokenAnswer> {
  if (question.ask === 'open') {
    token = await openTokenHere(question.options);
    return { ok: true };
  }
  if (token === undefined) throw new TypeError('asked before the token was opened');
  switch (question.ask) {
    case 'publicKey':
      return { ok: true, value: await token.publicKey(question.label) };
    case 'generate':
      await token.generate(question.label, question.kind);
      return { ok: true };
    case 'sign':
      return { ok: true, value: await token.sign(question.label, question.mechanism, question.data) };
  }
}

process.on('message', (message) => {
  const { id, content } = message as Numbered<TokenQuestion>;
  answer(content)
    .catch((error: unknown): TokenAnswer => {
      if (!(error instanceof StoreError)) throw error;
      const { rule, words, exitCode } = error;
      return { ok: false, rule, words, exitCode };
    })
    .then((said) => process.send?.({ id, content: said } satisfies Numbered<TokenAnswer>));
});
/**
 * Ends when the parent is gone: after the call under way, with the module finalised, and without its destructors, which would run beside its threads.
 */
process.on('disconnect', () => {
  const end = () => process.kill(process.pid, 'SIGKILL');
  setTimeout(end, 3_000);
  Promise.resolve(token?.close()).then(end, end);
});
// A service manager stops every process of a service at once: what is under way here is still asked for, and this process ends with its parent.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
