import { signPdf, signXml } from '@madoguchi/pki';
import type { AgencyKeys } from '../options.js';
import { receiptPdf } from '../receipts/pdf.js';
import { type Notice, noticeText, noticeXml } from './notice.js';

/** A notice as it stands before a decision: PDF/A without a signature, marked as a draft. */
export function draftPdf(notice: Notice): Uint8Array {
  return receiptPdf(noticeText({ ...notice, draft: true }), notice.decidedAt);
}

/** 官職署名: the notice as PDF/A with a PAdES signature, and as XML with a XAdES signature, both by the agency's key. */
export async function signNotice(
  notice: Notice,
  keys: Pick<AgencyKeys, 'signer' | 'signerChain'>,
  at: Date,
): Promise<{ pdf: Uint8Array; xml: Uint8Array }> {
  const [signerCertificate, ...certificates] = keys.signerChain;
  if (signerCertificate === undefined) throw new TypeError('the agency has no signing certificate');
  const { algorithm } = keys.signer;
  const by = {
    signerCertificate,
    certificates,
    algorithm,
    sign: (bytes: Uint8Array) => keys.signer.sign(bytes),
  };
  const pdf = await signPdf({
    ...by,
    pdf: receiptPdf(noticeText({ ...notice, draft: false }), notice.decidedAt),
    form: 'pades',
    name: notice.agency.name,
    signingTime: at,
    certify: 1,
  });
  if (!pdf.ok) throw new Error(`a notice cannot be signed: ${pdf.rule}`);
  const xml = await signXml({ ...by, document: noticeXml(notice), xades: { signingTime: at } });
  if (!xml.ok) throw new Error(`a notice cannot be signed: ${xml.rule}`);
  return { pdf: pdf.value, xml: xml.value };
}
