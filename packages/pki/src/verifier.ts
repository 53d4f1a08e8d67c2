import { type Certificate, parseCertificate } from './certificate/parse.js';
import type { SignatureResult, SignerResult } from './cms/signature-result.js';
import { examineSignedData, type SignaturePolicy } from './cms/verify-signed-data.js';
import { asBuffer } from './der/read.js';
import type { PublicKey } from './key/import.js';
import type { PathResult } from './path/validate.js';
import {
  createPathValidator,
  type PathQuestion,
  type PathSettings,
  type PathValidator,
} from './path/validator.js';

/** What is the same for all messages: anchors, intermediates, lists, rules. */
export interface VerifierSettings extends PathSettings {
  /** What is demanded of the signature itself; see verifySignedData. For submissions: `cadesPolicy`. */
  readonly signature?: SignaturePolicy;
}

/** A message, and when it is to be judged. */
export interface VerificationQuestion extends Omit<PathQuestion, 'leaf'> {
  readonly cms: Uint8Array;
  /** Detached content. */
  readonly content?: Uint8Array;
}

/** One signer of a message, from the signature to the anchor. */
export interface SignerVerification {
  readonly signature: SignerResult;
  /** The signer's certificate taken apart; absent where there is none or it cannot be read. Its identity: readIdentity. */
  readonly certificate?: Certificate;
  /** Absent where there is no signer's certificate. */
  readonly path?: PathResult;
}

/** What a verifier says of a message. */
export interface Verification {
  /** Every signature is intact and every signer's path holds. */
  readonly ok: boolean;
  /** What verifySignedData says. */
  readonly signature: SignatureResult;
  readonly signers: readonly SignerVerification[];
}

/** Verifies many messages under the settings that it was made with; see createVerifier. */
export interface Verifier {
  /** A message and the path of each of its signers: what verifySignedData and validatePath say, in one go. */
  verify(question: VerificationQuestion): Verification;
  /** A certificate alone. */
  validate(question: PathQuestion): PathResult;
}

/**
 * A verifier for many messages under the same anchors, intermediates, lists and rules: whoever receives thousands of signatures under a few
 * authorities makes one, and makes a new one when a list is exchanged. What it keeps are facts about the authorities' certificates and
 * lists (taken apart, who signed whom), never verdicts: each answer is what `verifySignedData` and `validatePath` give
 * to the same input. Certificates, CRLs and OCSP answers that travel in a message are used beside the settings' own for this message alone.
 *
 * ```ts
 * const verifier = createVerifier({ anchors: [root], crls: [crl], signature: cadesPolicy, keyUsage: ['nonRepudiation'] });
 * const { ok, signers } = verifier.verify({ cms, content, time: new Date() });
 * ```
 *
 * Never throws on hostile input; throws TypeError on misuse.
 */
export function createVerifier(settings: VerifierSettings): Verifier {
  const validator = createPathValidator(settings);
  const known = new Set([...settings.anchors, ...(settings.intermediates ?? [])].map(bytesKey));
  const shareKeys = sameKeyPolicy(settings);

  function validatorFor(
    result: SignatureResult,
    leaf: Uint8Array,
    parsed: Certificate | undefined,
  ): PathValidator {
    const { certificates, crls } = result;
    // The signer's certificate travels in the message; it matters as an intermediate only where it may sign lists or certificates.
    const usage = parsed?.keyUsage;
    const isPlain = usage !== undefined && !usage.includes('cRLSign') && !usage.includes('keyCertSign');
    if (isPlain && certificates.length < 2 && crls.length === 0) return validator;
    const own = isPlain ? bytesKey(leaf) : undefined;
    const others = certificates.filter((der) => {
      const key = bytesKey(der);
      return key !== own && !known.has(key);
    });
    if (others.length === 0 && crls.length === 0) return validator;
    return createPathValidator({
      ...settings,
      intermediates: [...(settings.intermediates ?? []), ...others],
      crls: [...(settings.crls ?? []), ...crls],
    });
  }

  function pathOf(
    result: SignatureResult,
    signature: SignerResult,
    key: PublicKey | undefined,
    { time, revocationTime, ocspResponses = [] }: VerificationQuestion,
  ): SignerVerification {
    const der = signature.certificate;
    if (der === undefined) return { signature };
    const parsed = parseCertificate(der);
    const answers = [...ocspResponses, ...result.ocspResponses];
    const path = validatorFor(result, der, parsed.ok ? parsed.value : undefined).validate(
      {
        leaf: parsed.ok ? parsed.value : der,
        time,
        ...(revocationTime === undefined ? {} : { revocationTime }),
        ...(answers.length === 0 ? {} : { ocspResponses: answers }),
      },
      shareKeys ? key : undefined,
    );
    return parsed.ok ? { signature, certificate: parsed.value, path } : { signature, path };
  }

  return {
    validate: (question) => validator.validate(question),
    verify(question) {
      const { cms, content } = question;
      const { result, keys } = examineSignedData({
        cms,
        ...(content === undefined ? {} : { content }),
        ...(settings.signature === undefined ? {} : { policy: settings.signature }),
      });
      const signers = result.signers.map((signer, index) => pathOf(result, signer, keys[index], question));
      const ok = result.ok && signers.every(({ path }) => path?.valid === true);
      return { ok, signature: result, signers };
    },
  };
}

function bytesKey(certificate: Uint8Array | Certificate): string {
  return asBuffer(certificate instanceof Uint8Array ? certificate : certificate.der).toString('latin1');
}

/** Whether signature and path accept the same keys, so that one import serves both. */
function sameKeyPolicy({ signature, crypto }: VerifierSettings): boolean {
  const [a, b] = [signature?.keys ?? {}, crypto?.keys ?? {}];
  return (
    a.minimumRsaBits === b.minimumRsaBits &&
    a.maximumRsaBits === b.maximumRsaBits &&
    a.exponent65537 === b.exponent65537
  );
}
