import type { Sentence, StoreRule } from '../error.js';
import type { TokenKeyKind, TokenMechanism, TokenOptions, TokenPublicKey } from './token-here.js';

/** What a process asks of the one that holds the module; binaries travel as they are. */
export type TokenQuestion =
  | { readonly ask: 'open'; readonly options: TokenOptions }
  | { readonly ask: 'publicKey'; readonly label: string }
  | { readonly ask: 'generate'; readonly label: string; readonly kind: TokenKeyKind }
  | {
      readonly ask: 'sign';
      readonly label: string;
      readonly mechanism: TokenMechanism;
      readonly data: Uint8Array;
    };

export type TokenAnswer =
  | { readonly ok: true; readonly value?: TokenPublicKey | Uint8Array | undefined }
  | {
      readonly ok: false;
      readonly rule: StoreRule;
      readonly words: Sentence;
      readonly exitCode: 69 | 77;
    };

export interface Numbered<T> {
  readonly id: number;
  readonly content: T;
}
