import { cadesPolicy, demoOids, verifySignedData } from '@madoguchi/pki';

/**
 * A holder signs files that others gave them, too (`sign --as cades`): with a content type of their own no such signature can be taken for a
 * request to the authority.
 */
const policy = { ...cadesPolicy, contentType: demoOids.holderRequest };

interface SignedMessage {
  readonly content: Uint8Array;
  /** DER. Whose it is, and whether it may still be used, is not judged here. */
  readonly certificate: Uint8Array;
}

/**
 * Content and the one signer's certificate of CMS SignedData (CAdES, content type `demoOids.holderRequest`) whose signature holds; undefined for
 * anything else, and for more than `longest` octets. Never throws.
 */
export function readSignedMessage(cms: Uint8Array, longest: number): SignedMessage | undefined {
  if (cms.length > longest) return undefined;
  const result = verifySignedData({ cms, policy });
  const [signer] = result.signers;
  if (!result.ok || result.signers.length !== 1 || signer?.certificate === undefined) return undefined;
  if (result.content === undefined) return undefined;
  return { content: result.content, certificate: signer.certificate };
}

/** What a card asks in JSON: its members, and the nonce among them. */
export interface SignedRequest {
  readonly said: Readonly<Record<string, unknown>>;
  readonly nonce: Uint8Array;
  /** DER; as above. */
  readonly certificate: Uint8Array;
}

/** A signed message of the form `{"type": TYPE, "nonce": BASE64, …}`; undefined for anything else. Never throws. */
export function readSignedRequest(
  cms: Uint8Array,
  { type, longest }: { readonly type: string; readonly longest: number },
): SignedRequest | undefined {
  const signed = readSignedMessage(cms, longest);
  if (signed === undefined) return undefined;
  const said = jsonOf(signed.content);
  const nonce = octetsOf(said.nonce);
  if (said.type !== type || nonce === undefined) return undefined;
  return { said, nonce, certificate: signed.certificate };
}

/** Base64 octets of a member; undefined where it is something else. */
export function octetsOf(value: unknown): Uint8Array | undefined {
  return typeof value === 'string' && /^[A-Za-z0-9+/]+=*$/.test(value)
    ? Buffer.from(value, 'base64')
    : undefined;
}

function jsonOf(content: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(content).toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
