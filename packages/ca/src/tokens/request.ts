import { isUuid } from '@madoguchi/store';
import {
  octetsOf,
  readSignedMessage,
  readSignedRequest,
  type SignedRequest,
} from '../holder/signed-message.js';
import { publicKeyOfRequest } from '../keys/certification-request.js';

/** Smartphones, by the label of their token. */
const tokenMedia = ['android', 'iphone'] as const;
export type TokenMedium = (typeof tokenMedia)[number];

/** What the holder of a card asks for, under the card's signature key. */
export type TokenRequest = { readonly nonce: Uint8Array } & (
  | { readonly action: 'list' }
  | {
      readonly action: 'issue';
      readonly medium: TokenMedium;
      /** A token of the same kind may be there: it ends when this one is confirmed. */
      readonly replace: boolean;
      /** SubjectPublicKeyInfo of the token's two keys, whose holder signed the requests. */
      readonly signKey: Uint8Array;
      readonly authKey: Uint8Array;
    }
  | { readonly action: 'end'; readonly token: string; readonly why: 'lost' | 'disposed' }
);

/** Larger than any request we take. */
export const longestTokenRequest = 64 * 1024;
const confirmation = 'madoguchi-token-confirm-1';

/**
 * Reads a request: CMS SignedData by the card's signature key over JSON
 * `{"type": "madoguchi-token-1", "nonce": BASE64, "action": "list" | "issue" | "end", …}`; `issue` with `medium`, `replace` and two PKCS#10
 * requests (`sign`, `auth`, base64 DER), `end` with `token` and `why`. Undefined where anything of form or signatures is not good; never
 * throws. Whose certificate it is is not judged here.
 */
export function readTokenRequest(
  cms: Uint8Array,
): { readonly request: TokenRequest; readonly certificate: Uint8Array } | undefined {
  const asked = readSignedRequest(cms, { type: 'madoguchi-token-1', longest: longestTokenRequest });
  const request = asked === undefined ? undefined : requestOf(asked);
  return asked === undefined || request === undefined
    ? undefined
    : { request, certificate: asked.certificate };
}

function requestOf({ said, nonce }: SignedRequest): TokenRequest | undefined {
  switch (said.action) {
    case 'list':
      return { action: 'list', nonce };
    case 'issue': {
      const medium = tokenMedia.find((one) => one === said.medium);
      const [signKey, authKey] = [keyOf(said.sign), keyOf(said.auth)];
      if (medium === undefined || signKey === undefined || authKey === undefined) return undefined;
      if (Buffer.from(signKey).equals(authKey)) return undefined;
      return { action: 'issue', nonce, medium, replace: said.replace === true, signKey, authKey };
    }
    case 'end': {
      const { token, why } = said;
      if (!isUuid(token)) return undefined;
      return why === 'lost' || why === 'disposed' ? { action: 'end', nonce, token, why } : undefined;
    }
    default:
      return undefined;
  }
}

/** The certificate whose key says that both certificates were read back from the token; undefined for anything else. */
export function readTokenConfirmation(cms: Uint8Array): Uint8Array | undefined {
  const signed = readSignedMessage(cms, longestTokenRequest);
  return signed !== undefined && Buffer.from(signed.content).toString('latin1') === confirmation
    ? signed.certificate
    : undefined;
}

function keyOf(value: unknown): Uint8Array | undefined {
  const request = octetsOf(value);
  const key = request === undefined ? undefined : publicKeyOfRequest(request);
  return key?.ok ? key.value : undefined;
}
