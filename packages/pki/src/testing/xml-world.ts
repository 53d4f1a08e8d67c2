import assert from 'node:assert/strict';
import { signXml, type XmlSignInput } from '../xmldsig/sign.js';
import { citizen, citizenCa, type Party } from './world.js';

/** Signers for the tests of XML signatures, and the kinds of documents that the receivers take. */
export const xmlCa = await citizenCa('signature');
export const xmlSigner = await citizen(xmlCa, Uint8Array.of(0x01, 0x23));
export const xmlStranger = await citizen(xmlCa, Uint8Array.of(0x01, 0x24));

export const claimedTime = new Date('2026-06-01T01:10:00Z');

/** As e-Tax and eLTAX have them: one root, signed as a whole. */
export const taxDocument = Buffer.from(
  '<?xml version="1.0" encoding="UTF-8"?>\r\n<DATA xmlns="http://xml.example.jp/tax" id="DATA">\r\n  <氏名>総務　太郎</氏名><納付額>1000</納付額>\r\n</DATA>\r\n',
);

/** As e-Gov had it: parts that are not signed, the signed element, and a place for signatures. */
export const egovDocument = Buffer.from(
  '<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet href="999.xsl" type="text/xsl"?>\n<DataRoot><様式ID>999</様式ID>\n<構成情報 ID="構成情報">\n\t<氏名>総務　太郎</氏名>\n</構成情報>\n<署名情報></署名情報></DataRoot>\n',
);
export const egov: Partial<XmlSignInput> = { document: egovDocument, element: '構成情報', into: '署名情報' };

export async function signedXml(input: Partial<XmlSignInput>, holder: Party = xmlSigner): Promise<Buffer> {
  const outcome = await signXml({
    signerCertificate: holder.der,
    algorithm: holder.signer.algorithm,
    sign: (bytes) => holder.signer.sign(bytes),
    ...input,
  });
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.rule);
  return outcome.value;
}
