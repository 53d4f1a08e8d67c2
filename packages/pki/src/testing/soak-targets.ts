import { addAsicArchive } from '../asic/archive-write.js';
import { readAsic, writeAsic } from '../asic/asic.js';
import { readAsicSimple, writeAsicSimple } from '../asic/asic-s.js';
import { openAsic } from '../asic/asic-stream.js';
import { parseManifest } from '../asic/manifest.js';
import { readZip } from '../asic/zip-read.js';
import { findCounterSignatures } from '../cades/counter-signatures.js';
import { findTimeStamps } from '../cades/time-stamps.js';
import { addArchiveTimeStamp, addValidationValues } from '../cades/upgrade.js';
import { parseCertificate } from '../certificate/parse.js';
import { parseCertificationRequest } from '../certificate/parse-request.js';
import { buildCertificationRequest } from '../certificate/request.js';
import { openEnvelope, readEnvelopeRecipients } from '../cms/open-envelope.js';
import { sealEnvelope } from '../cms/seal-envelope.js';
import { verifySignedData } from '../cms/verify-signed-data.js';
import { verifySignedDataStream } from '../cms/verify-stream.js';
import { loadCrl } from '../crl/load.js';
import { DerFault } from '../der/fault.js';
import { checkDer } from '../der/read.js';
import { importPublicKey } from '../key/import.js';
import { softwareDecrypter } from '../key/software.js';
import { parseName } from '../name.js';
import { buildOcspRequest, parseOcspRequest } from '../ocsp/request.js';
import { verifyOcspResponse } from '../ocsp/verify.js';
import { validatePath } from '../path/validate.js';
import { readPdf } from '../pdf/read.js';
import { readIdentity } from '../profile/identity.js';
import { evaluate } from '../report/evaluate.js';
import { gatherEvidence } from '../report/gather.js';
import { buildTimeStampRequest, parseTimeStampRequest } from '../tsp/request.js';
import { parseTimeStampResponse } from '../tsp/response.js';
import { openTimeStamp, verifyTimeStamp } from '../tsp/verify.js';
import { addXmlSignatureTimeStamp } from '../xades/add-time-stamp.js';
import { addXmlValidationValues } from '../xades/add-values.js';
import { parseXml } from '../xml/read.js';
import { chunks, together } from './chunks.js';
import * as years from './long-term.js';
import { makePdf, onePage, signedPdf } from './pdf.js';
import { stampResponse } from './time-stamps.js';
import * as world from './world.js';
import { xmlSamples } from './xml-samples.js';
import { signedXml, taxDocument } from './xml-world.js';

/** One reader and what it is fed: good samples, damaged in thousands of ways. */
export interface SoakTarget {
  name: string;
  samples: Uint8Array[];
  /** Everything a caller does with such bytes. Must not throw whatever they are. */
  read: (bytes: Uint8Array) => unknown;
  /** How many of a thousand mutations are for this reader; default 1000. Readers that compute a lot get fewer. */
  share?: number;
}

const time = years.nextDay;

/** Every reader of this package. Whoever adds a format adds a line here. */
export async function soakTargets(): Promise<SoakTarget[]> {
  const { ca, taro, content, firstStamper, stampRoot } = years;
  const login = await world.citizenCa('authentication');
  const agencies = await world.agencyRoot();
  const cms = await years.signed();
  const attached = await years.signed(taro, false);
  const t = await years.toT(cms);
  const lta = await years.toLTA(await years.toLT(t));
  const list = await years.list(ca, {
    citizens: true,
    entries: [{ serial: Uint8Array.of(9), date: years.signingTime, reason: 'superseded' }],
  });
  const answer = await years.answer(taro, ca, new Date('2026-06-01T02:00:00Z'));
  const encryption = await world.encryption(agencies);
  const envelope = await sealEnvelope({ content, recipients: [encryption.der] });
  const stamp = await stampResponse(firstStamper, years.stampTime, { data: content, wantsCertificate: true });
  const parsedStamp = parseTimeStampResponse(stamp);
  const token = parsedStamp.ok ? (parsedStamp.value.token ?? stamp) : stamp;
  const files = [{ name: 'application.json', bytes: Buffer.from('{"a":1}') }];
  const container = await writeAsic({ files, sign: () => Promise.resolve(t) });
  const archived = years.must(
    await addAsicArchive(container, { stamp: years.stampWith(firstStamper, years.archiveTime) }),
  );
  const simple = await writeAsicSimple({
    file: { name: 'a.txt', bytes: content },
    sign: () => Promise.resolve(cms),
  });
  const opened = years.must(readAsic(container));
  const pdf = makePdf(onePage());
  const stampedPdf = await signedPdf(pdf);
  const xml = await signedXml({ document: taxDocument });
  const xades = await signedXml({ document: taxDocument, xades: { signingTime: years.signingTime } }, taro);
  const xadesT = years.must(
    await addXmlSignatureTimeStamp(xades, { stamp: years.stampWith(firstStamper, years.stampTime) }),
  );
  const xadesLT = years.must(addXmlValidationValues(xadesT, { certificates: [ca.der], crls: [list] }));

  const chain = (leaf: Uint8Array): unknown =>
    validatePath({ leaf, anchors: [ca.der], crls: [list], time: years.signingTime });
  return [
    { name: 'DER', samples: [taro.der, cms, stamp], read: checkDer },
    {
      name: 'certificate',
      samples: [taro.der, ca.der, login.der, agencies.der, encryption.der, firstStamper.der],
      read: (bytes) => {
        const parsed = parseCertificate(bytes);
        return parsed.ok && readIdentity(parsed.value);
      },
    },
    {
      name: 'certification request',
      samples: [
        await buildCertificationRequest({
          publicKey: taro.certificate.spki,
          algorithm: 'rsa-sha256',
          sign: () => Promise.resolve(Buffer.alloc(256, 1)),
        }),
      ],
      read: (bytes) => parseCertificationRequest(bytes),
    },
    { name: 'path: leaf', samples: [taro.der, login.der], read: chain, share: 250 },
    {
      name: 'path: intermediate and anchor',
      samples: [ca.der],
      read: (bytes) =>
        validatePath({
          leaf: taro.der,
          intermediates: [bytes],
          anchors: [bytes, ca.der],
          crls: [list],
          time,
        }),
      share: 100,
    },
    {
      name: 'key',
      samples: [taro, agencies, years.secondStamper].map(({ certificate }) => certificate.spki),
      read: (bytes) => importPublicKey(bytes),
    },
    {
      name: 'name',
      samples: [ca, taro, agencies].map(({ certificate }) => certificate.subject.der),
      read: parseName,
    },
    {
      name: 'CRL',
      samples: [list, await years.list(stampRoot)],
      read: (bytes) => {
        const loaded = loadCrl(bytes);
        return loaded.ok && loaded.crl.lookup(Uint8Array.of(9), ca.certificate.subject);
      },
    },
    {
      name: 'OCSP request',
      samples: [
        buildOcspRequest({ certificate: taro.der, issuer: ca.der, nonce: Buffer.alloc(16, 3) }),
        buildOcspRequest({ certificate: taro.der, issuer: ca.der, hashAlgorithm: 'sha256' }),
      ],
      read: parseOcspRequest,
    },
    {
      name: 'OCSP answer',
      samples: [answer],
      read: (response) => verifyOcspResponse({ response, certificate: taro.der, issuer: ca.der, time }),
      share: 500,
    },
    {
      name: 'CMS signature',
      samples: [cms, attached, t],
      read: (bytes) => verifySignedData({ cms: bytes, content }),
      share: 250,
    },
    {
      name: 'CAdES levels',
      samples: [t, lta],
      read: (bytes) => {
        const { signers } = verifySignedData({ cms: bytes, content });
        for (const [index] of signers.entries()) findTimeStamps(bytes, index, content, [stampRoot.der]);
        for (const signer of signers) findCounterSignatures(signer, [taro.der]);
        return addValidationValues(bytes, { certificates: [ca.der], crls: [list], ocspResponses: [answer] });
      },
      share: 100,
    },
    {
      name: 'report',
      samples: [lta],
      read: (bytes) => {
        const evidence = gatherEvidence({
          policy: years.policy.id,
          cms: bytes,
          content,
          anchors: [ca.der],
          timeStampAnchors: [stampRoot.der],
          time,
        });
        return evaluate(evidence, years.policy, time);
      },
      share: 20,
    },
    {
      name: 'envelope',
      samples: [envelope],
      read: async (bytes) => {
        readEnvelopeRecipients(bytes);
        const decrypter = softwareDecrypter(encryption.pkcs8);
        return openEnvelope({ envelope: bytes, certificate: encryption.der, decrypter });
      },
      share: 250,
    },
    {
      name: 'time stamp request',
      samples: [
        buildTimeStampRequest({
          imprint: { algorithm: 'sha256', digest: Buffer.alloc(32, 1) },
          nonce: Buffer.alloc(8, 7),
          policy: '1.2.3',
        }),
      ],
      read: parseTimeStampRequest,
    },
    { name: 'time stamp response', samples: [stamp], read: parseTimeStampResponse },
    {
      name: 'time stamp token',
      samples: [token],
      read: (bytes) => {
        openTimeStamp(bytes);
        return verifyTimeStamp(bytes, { over: content, anchors: [stampRoot.der], checkRevocation: false });
      },
      share: 100,
    },
    {
      name: 'archive time stamp upgrade',
      samples: [t],
      read: (bytes) => addArchiveTimeStamp(bytes, { content, stamp: () => Promise.resolve(token) }),
      share: 100,
    },
    { name: 'zip', samples: [container, archived, simple], read: (bytes) => readZip(bytes) },
    { name: 'ASiC-E', samples: [container, archived], read: (bytes) => readAsic(bytes), share: 500 },
    { name: 'ASiC-S', samples: [simple], read: (bytes) => readAsicSimple(bytes) },
    {
      name: 'CMS stream',
      samples: [attached, cms],
      read: (bytes) => verifySignedDataStream({ cms: chunks(bytes, 100), content: chunks(content, 10) }),
      share: 250,
    },
    {
      name: 'ASiC stream',
      samples: [container, simple],
      read: async (bytes) => {
        const read = (start: number, end: number) => Promise.resolve(bytes.subarray(start, end));
        const opened = await openAsic({ size: bytes.length, read });
        if (!opened.ok || opened.value.signed instanceof Uint8Array) return opened;
        // A stream of a damaged file ends in its rule, as a rejection of a kind of its own.
        return together(opened.value.signed).catch((fault: unknown) => {
          if (!(fault instanceof DerFault)) throw fault;
        });
      },
      share: 250,
    },
    { name: 'manifest', samples: [opened.manifest], read: parseManifest },
    {
      name: 'XML',
      samples: [...xmlSamples.map((text) => Buffer.from(text)), xml],
      read: (bytes) => parseXml(bytes),
    },
    {
      name: 'XML signature',
      samples: [xml, xadesLT],
      read: (document) =>
        evaluate(
          gatherEvidence({
            policy: 'soak',
            xml: document,
            anchors: [ca.der],
            timeStampAnchors: [stampRoot.der],
            time,
          }),
          years.policy,
          time,
        ),
      share: 100,
    },
    { name: 'PDF', samples: [pdf, stampedPdf], read: (bytes) => readPdf(bytes), share: 100 },
  ];
}
