import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutations } from '../testing/mutate.js';
import {
  claimedTime,
  egov,
  egovDocument,
  signedXml,
  taxDocument,
  xmlSigner,
  xmlStranger,
} from '../testing/xml-world.js';
import { onlyText } from '../xml/tree.js';
import { canonicalMethods, dsigNamespace, exclusiveNamespace, signatureMethods } from './algorithms.js';
import { filesOfXmlSignatures, verifyXmlSignatures } from './verify.js';

const attached = Buffer.from('添付の中身\r\n');
const files = new Map([['添付.txt', attached]]);
const xades = { signingTime: claimedTime };
const tax = String(await signedXml({ document: taxDocument }));
const taxXades = String(await signedXml({ document: taxDocument, xades }));
const application = String(await signedXml({ ...egov, files: [{ name: '添付.txt', bytes: attached }] }));
const applicationXades = String(await signedXml({ ...egov, xades }));
const earlier = String(
  await signedXml({ document: taxDocument, xades: { signingTime: new Date('2025-01-01T00:00:00Z') } }),
);
const detached = String(await signedXml({ files: [{ name: '添付.txt', bytes: attached }] }));

const verify = (text: string, given: ReadonlyMap<string, Uint8Array> = files) =>
  verifyXmlSignatures({ document: Buffer.from(text), files: given });
const ruleOf = (text: string, given?: ReadonlyMap<string, Uint8Array>) =>
  verify(text, given).rule ?? 'accepted';

/** The text with the change made; a change that changes nothing is a mistake of the test. */
function changed(text: string, from: string | RegExp, to: string): string {
  const result = text.replace(from, () => to);
  assert.notEqual(result, text, String(from));
  return result;
}

const signatureOf = (text: string): string => /<Signature .*<\/Signature>/s.exec(text)?.[0] ?? '';
const certificateOf = (der: Uint8Array): string => Buffer.from(der).toString('base64');
const base64 = (bytes: string): string => Buffer.from(bytes).toString('base64');
const good = '<構成情報 ID="構成情報">\n\t<氏名>総務　太郎</氏名>\n</構成情報>';
const evil = '<構成情報 ID="構成情報">\n\t<氏名>悪井　狸</氏名>\n</構成情報>';
const transform = (uri: string, inner = '') => `<Transform Algorithm="${uri}">${inner}</Transform>`;

test('what was not touched is accepted', () => {
  for (const text of [tax, taxXades, application, applicationXades, detached]) {
    assert.equal(ruleOf(text), 'accepted');
  }
  assert.deepEqual(filesOfXmlSignatures(Buffer.from(application)), ['添付.txt']);
});

test('what is handed back is what was signed, read from the octets that were hashed', () => {
  const [part, file] = verify(application).signers[0]?.signed ?? [];
  assert.ok(part?.kind === 'element' && file?.kind === 'file');
  assert.equal(String(part.bytes), good);
  assert.equal(part.root.children.length, 3);
  assert.deepEqual([file.name, file.bytes], ['添付.txt', attached]);
  const whole = verify(tax).signers[0]?.signed[0];
  assert.ok(whole?.kind === 'document');
  assert.equal(
    String(whole.bytes),
    String(taxDocument)
      .replace(/^<\?xml.*\?>\r\n/, '')
      .replaceAll('\r\n', '\n')
      .trimEnd(),
  );
});

test('a comment in a signed text splits nothing: the signed text is handed back whole', () => {
  const split = changed(tax, '総務　太郎', '総務<!-- -->　太郎');
  assert.equal(ruleOf(split), 'accepted');
  const whole = verify(split).signers[0]?.signed[0];
  assert.ok(whole?.kind === 'document');
  const name = whole.root.children.find((child) => child.kind === 'element');
  assert.equal(name?.kind === 'element' && onlyText(name), '総務　太郎');
});

test('what is changed is noticed: text, attribute, namespace, file, reference', () => {
  const cases: [string, string][] = [
    [changed(tax, '1000', '1'), 'signature.digest'],
    [changed(tax, 'id="DATA"', 'id="DATE"'), 'signature.digest'],
    [changed(tax, 'xml.example.jp/tax', 'xml.example.jp/fax'), 'signature.digest'],
    [changed(tax, '<DATA ', '<DATA xmlns:x="urn:x" '), 'signature.digest'],
    [changed(tax, '<納付額>', '<納付額 xmlns="urn:other">'), 'signature.digest'],
    [changed(tax, '</DATA>', '<納付額>1</納付額></DATA>'), 'signature.digest'],
    [changed(tax, '</DATA>', '</DATA><?pi x?>'), 'signature.digest'],
    [changed(application, '太郎', '花子'), 'signature.digest'],
    [changed(application, /URI="%E6[^"]*"/, 'URI="%E6%B7%BB%E4%BB%98.tx"'), 'signature.content.missing'],
    [changed(application, /(?<=<DigestValue>)[^<]*/, base64('0'.repeat(32))), 'signature.digest'],
    [changed(application, / Id="ref-1-0"/, ''), 'signature.value'],
    [changed(application, /(?<=<SignatureValue>)...../, 'AAAAA'), 'signature.value'],
    [changed(application, signatureMethods['rsa-sha256'], signatureMethods['rsa-sha512']), 'signature.value'],
    [
      changed(application, signatureMethods['rsa-sha256'], signatureMethods['ecdsa-sha256']),
      'signature.value',
    ],
  ];
  for (const [text, rule] of cases) assert.equal(ruleOf(text), rule, text.slice(0, 400));
  assert.equal(ruleOf(application, new Map([['添付.txt', Buffer.from('別のもの')]])), 'signature.digest');
  assert.equal(ruleOf(detached, new Map([['添付.txt', Buffer.from('別のもの')]])), 'signature.digest');
  assert.equal(ruleOf(detached, new Map()), 'signature.content.missing');
});

test('wrapping: the signed element moved, doubled, wrapped or put into the signature is refused', () => {
  const moved = changed(application, good, `<Trash>${good}</Trash>${evil.replace('ID="構成情報"', '')}`);
  const intoObject = changed(application, good, evil.replace('ID="構成情報"', '')).replace(
    '</Signature>',
    () => `<Object><W>${good}</W></Object></Signature>`,
  );
  const asObject = changed(application, good, evil.replace('ID="構成情報"', '')).replace(
    '</Signature>',
    () => `<Object Id="構成情報">x</Object></Signature>`,
  );
  const inner = application.replace(/^<\?xml.*?\?>\n<\?.*?\?>\n/, '');
  const cases: [string, string][] = [
    [moved, 'xmldsig.reference.position'],
    [intoObject, 'xmldsig.reference.position'],
    [asObject, 'signature.digest'],
    [changed(application, good, good + evil), 'xmldsig.reference.ambiguous'],
    [
      changed(application, good, good + evil.replace('ID="構成情報"', 'Id="構成情報"')),
      'xmldsig.reference.ambiguous',
    ],
    [changed(application, good, `${good}<x xml:id="構成情報"/>`), 'xmldsig.reference.ambiguous'],
    [changed(application, good, evil.replace('ID="構成情報"', 'ID="他"') + good), 'xmldsig.reference.twin'],
    [
      changed(application, good, `${good}<x><y>${evil.replace('ID="構成情報"', '')}</y></x>`),
      'xmldsig.reference.twin',
    ],
    [`<DataRoot>${evil.replace('ID="構成情報"', '')}${inner}</DataRoot>`, 'xmldsig.reference.twin'],
    [
      changed(
        application,
        '</Signature>',
        `<Object>${evil.replace('ID="構成情報"', '')}</Object></Signature>`,
      ),
      'xmldsig.reference.twin',
    ],
    [changed(application, good, ''), 'xmldsig.reference.missing'],
    [changed(application, 'ID="構成情報"', 'ID="別の"'), 'xmldsig.reference.missing'],
    [`${application}<DataRoot/>`, 'xmldsig.format'],
    [changed(tax, signatureOf(tax), `<w>${signatureOf(tax)}</w>`), 'signature.digest'],
    // The whole signed document as an object of a signature that stands in another document.
    [
      `<DATA xmlns="http://xml.example.jp/tax" id="DATA"><納付額>1</納付額>${signatureOf(tax)}</DATA>`,
      'signature.digest',
    ],
  ];
  for (const [text, rule] of cases) assert.equal(ruleOf(text), rule, text.slice(0, 600));
});

test('what no signature covers is told by its path', () => {
  assert.deepEqual(verify(application).uncovered, ['/DataRoot/様式ID']);
  assert.deepEqual(verify(tax).uncovered, []);
  const more = changed(application, good, `<a><b/></a>${good}<a/>`);
  assert.deepEqual(verify(more).uncovered, ['/DataRoot/様式ID', '/DataRoot/a[1]', '/DataRoot/a[2]']);
});

test('only canonicalization and enveloped-signature are followed: every other transform is refused', () => {
  const first = transform(canonicalMethods['c14n-1.0']).replace('></Transform>', '/>');
  const tricks = [
    'http://www.w3.org/TR/1999/REC-xpath-19991116',
    'http://www.w3.org/2002/06/xmldsig-filter2',
    'http://www.w3.org/TR/1999/REC-xslt-19991116',
    `${dsigNamespace}base64`,
    'http://www.w3.org/2002/07/decrypt#XML',
    'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#withcomments',
  ];
  for (const uri of tricks) {
    assert.equal(ruleOf(changed(application, first, transform(uri))), 'xmldsig.transform', uri);
    assert.equal(ruleOf(changed(application, first, first + transform(uri))), 'xmldsig.transform', uri);
  }
  const enveloped = `${dsigNamespace}enveloped-signature`;
  const places: [string, string, string, string][] = [
    [application, first, transform(enveloped), 'xmldsig.transform.place'],
    [application, first, transform(enveloped) + first, 'xmldsig.transform.place'],
    [application, first, first + transform(enveloped), 'xmldsig.transform.place'],
    [application, first, first + first, 'xmldsig.transform.place'],
    [
      application,
      `<Transforms>${first}</Transforms>`,
      '<Transforms></Transforms>',
      'xmldsig.transform.place',
    ],
    [tax, `<Transform Algorithm="${enveloped}"/>`, '', 'xmldsig.transform.place'],
    [
      application,
      first,
      transform(exclusiveNamespace, '<InclusiveNamespaces PrefixList="x"/>'),
      'xmldsig.transform',
    ],
    [application, first, transform(canonicalMethods['c14n-1.0'], '<XPath>1</XPath>'), 'xmldsig.transform'],
  ];
  for (const [text, from, to, rule] of places) assert.equal(ruleOf(changed(text, from, to)), rule, to);
  const method = `<CanonicalizationMethod Algorithm="${canonicalMethods['c14n-1.0']}"/>`;
  for (const uri of ['urn:minimal', `${dsigNamespace}minimal`, tricks[2]]) {
    const text = changed(application, method, `<CanonicalizationMethod Algorithm="${uri}"/>`);
    assert.equal(ruleOf(text), 'xmldsig.canonicalization');
  }
});

test('references that lead nowhere, out of the document or to nothing but the signature are refused', () => {
  const uri = /URI="#%E6%A7[^"]*"/;
  const cases: [string, string][] = [
    ['URI="#nobody"', 'xmldsig.reference.missing'],
    ['URI="#"', 'xmldsig.reference.uri'],
    ['URI="#xpointer(/)"', 'xmldsig.reference.uri'],
    [`URI="#xpointer(id('構成情報'))"`, 'xmldsig.reference.uri'],
    ['URI="#%E6"', 'xmldsig.reference.uri'],
    ['URI="http://example.jp/x"', 'xmldsig.reference.uri'],
    ['URI="file:///etc/passwd"', 'xmldsig.reference.uri'],
    ['URI="/etc/passwd"', 'xmldsig.reference.uri'],
    ['URI="../x"', 'xmldsig.reference.uri'],
    ['URI="a%2fb"', 'xmldsig.reference.uri'],
    ['URI="a/../b"', 'xmldsig.reference.uri'],
    ['URI="a.xml#b"', 'xmldsig.reference.uri'],
    ['URI="a.xml?b"', 'xmldsig.reference.uri'],
    ['', 'xmldsig.reference.uri'],
    [`URI="#構成情報" Type="${dsigNamespace}Manifest"`, 'xmldsig.reference.manifest'],
    ['URI="#構成情報"', 'signature.value'],
  ];
  for (const [to, rule] of cases) assert.equal(ruleOf(changed(application, uri, to)), rule, to);
  const noReference = changed(application, /<Reference .*<\/Reference>/s, '');
  assert.equal(ruleOf(noReference), 'xmldsig.reference.none');
  const ownOnly = changed(applicationXades, /<Reference Id="ref-1-0".*?<\/Reference>/s, '');
  assert.equal(ruleOf(ownOnly), 'xmldsig.reference.nothing');
  const id = /Id="(sig-[^"]*)"/.exec(application)?.[1];
  assert.equal(ruleOf(changed(application, uri, `URI="#${id}"`)), 'xmldsig.reference.position');
});

test('the key comes from the certificate alone', () => {
  const value =
    '<KeyValue><RSAKeyValue><Modulus>AQAB</Modulus><Exponent>AQAB</Exponent></RSAKeyValue></KeyValue>';
  const other = certificateOf(xmlStranger.der);
  const cases: [string, string, string | RegExp, string][] = [
    ['signature.value', application, certificateOf(xmlSigner.der), other],
    ['signature.certificate.exchanged', applicationXades, certificateOf(xmlSigner.der), other],
    ['signature.certificate.none', application, /<KeyInfo>.*<\/KeyInfo>/s, ''],
    ['signature.certificate.none', application, /<X509Data>.*<\/X509Data>/s, value],
    ['signature.certificate.form', application, /(?<=<X509Certificate>)[^<]*/, 'AAAA'],
    ['accepted', application, '<KeyInfo>', `<KeyInfo>${value}`],
  ];
  for (const [rule, text, from, to] of cases) assert.equal(ruleOf(changed(text, from, to)), rule);
});

test('HMAC is refused, with the certificate as its key and cut to nothing too', () => {
  for (const uri of [`${dsigNamespace}hmac-sha1`, 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256']) {
    const from = `<SignatureMethod Algorithm="${signatureMethods['rsa-sha256']}"/>`;
    const to = `<SignatureMethod Algorithm="${uri}"><HMACOutputLength>0</HMACOutputLength></SignatureMethod>`;
    assert.equal(ruleOf(changed(application, from, to)), 'xmldsig.hmac');
  }
  const unknown = changed(application, signatureMethods['rsa-sha256'], 'urn:x');
  assert.equal(ruleOf(unknown), 'signature.algorithm.unknown');
});

test('a Signature that is not built to the letter is refused', () => {
  const cases: [string | RegExp, string, string][] = [
    ['<SignedInfo>', '<SignedInfo><!-- -->', 'xmldsig.comment'],
    [/(?<=<SignatureValue>.....)/, '<!-- -->', 'xmldsig.comment'],
    [/(?<=<DigestValue>.....)/, '<?x?>', 'xmldsig.comment'],
    ['<SignedInfo>', '<SignedInfo>x', 'xmldsig.structure'],
    ['<SignedInfo>', '<SignedInfo evil="1">', 'xmldsig.structure'],
    ['<DigestValue>', '<DigestValue>!', 'xmldsig.structure'],
    [/<SignatureValue>.*<\/SignatureValue>/, '', 'xmldsig.structure'],
    ['<KeyInfo>', '<KeyInfo/><KeyInfo>', 'xmldsig.structure'],
    ['</KeyInfo>', '</KeyInfo><SignedInfo/>', 'xmldsig.structure'],
    ['</Reference>', '<DigestValue/></Reference>', 'xmldsig.structure'],
    ['<?xml version="1.0" encoding="UTF-8"?>', '<!DOCTYPE DataRoot [<!ENTITY x "y">]>', 'xmldsig.format'],
    ['<氏名>', '<氏名>&x;', 'xmldsig.format'],
    [/<Signature .*<\/Signature>/s, '', 'xmldsig.none'],
  ];
  for (const [from, to, rule] of cases)
    assert.equal(ruleOf(changed(application, from, to)), rule, String(to));
});

test('the signed properties of XAdES cannot be swapped, doubled, left unsigned or about something else', () => {
  const properties = /<xades:QualifyingProperties.*<\/xades:QualifyingProperties>/s.exec(taxXades)?.[0] ?? '';
  const swapped = /<xades:QualifyingProperties.*<\/xades:QualifyingProperties>/s.exec(earlier)?.[0] ?? '';
  const unsigned = taxXades.replace(/ Type="[^"]*SignedProperties"/, '');
  const cases: [string, string][] = [
    [changed(taxXades, properties, swapped), 'signature.digest'],
    [changed(taxXades, '<xades:SigningTime>2026', '<xades:SigningTime>2025'), 'signature.digest'],
    [changed(taxXades, properties, properties + properties), 'xmldsig.reference.ambiguous'],
    [
      changed(taxXades, /<xades:QualifyingProperties.*<\/xades:QualifyingProperties>/s, ''),
      'xmldsig.reference.missing',
    ],
    [
      changed(taxXades, `<Object>${properties}`, `<Object><w>${properties}</w>`),
      'xmldsig.reference.position',
    ],
    [unsigned, 'signature.value'],
    [changed(tax, '</KeyInfo>', `</KeyInfo><Object>${properties}</Object>`), 'xades.unsigned'],
    [changed(taxXades, 'Target="#', 'Target="#x'), 'xades.target'],
    [
      changed(taxXades, 'http://uri.etsi.org/01903/v1.3.2#', 'http://uri.etsi.org/01903/v1.1.1#'),
      'xmldsig.reference.position',
    ],
  ];
  for (const [text, rule] of cases) assert.equal(ruleOf(text), rule, text.slice(-900));
});

test('unsigned properties of any name are read or passed over: a name that every object knows is no kind of value', () => {
  const values = (name: string) =>
    `<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:CertificateValues><xades:${name}>${certificateOf(
      xmlStranger.der,
    )}</xades:${name}></xades:CertificateValues></xades:UnsignedSignatureProperties></xades:UnsignedProperties>`;
  const withValues = (name: string) =>
    verify(
      changed(taxXades, '</xades:QualifyingProperties>', `${values(name)}</xades:QualifyingProperties>`),
    );
  const read = withValues('EncapsulatedX509Certificate');
  assert.deepEqual([read.rule, read.certificates.length], [undefined, 2]);
  for (const name of ['constructor', 'toString', '__proto__']) {
    const { rule, certificates } = withValues(name);
    assert.deepEqual([rule, certificates.length], [undefined, 1], name);
  }
});

test('a document with more signatures than are looked at is told as that', () => {
  const many = `<a>${signatureOf(tax).repeat(17)}</a>`;
  assert.equal(ruleOf(many), 'xmldsig.many');
});

test('damage is answered, never thrown, and never leaves something else than what was signed', () => {
  for (const text of [tax, taxXades, application, detached]) {
    for (const damaged of mutations(Buffer.from(text), 1500, 7)) {
      const result = verifyXmlSignatures({ document: damaged, files });
      if (!result.ok) continue;
      const parts = result.signers.flatMap(({ signed }) => signed.map(({ bytes }) => String(bytes)));
      const before = verify(text).signers.flatMap(({ signed }) => signed.map(({ bytes }) => String(bytes)));
      assert.deepEqual(parts, before);
    }
  }
});

test('a document that cannot be read is told by line and column', () => {
  const result = verify(String(egovDocument).replace('<氏名>', '<氏名>&x;'));
  assert.deepEqual(result.fault, { rule: 'xml.entity', offset: 166, line: 5, column: 6 });
});
