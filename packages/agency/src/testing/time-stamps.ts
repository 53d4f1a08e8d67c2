import {
  buildName,
  buildTimeStampResponse,
  demoOids,
  parseTimeStampRequest,
  rootTemplate,
  type Stamp,
  stampThrough,
  tsaTemplate,
} from '@madoguchi/pki';
import { party } from '@madoguchi/testing';

/** A time-stamping authority of its own; `time` is read at each stamp, `answers` may be switched off. */
export async function openStamping(time: { now: Date }, notAfter = new Date('2031-01-01T00:00:00Z')) {
  const subject = buildName([
    ['C', 'JP'],
    ['O', 'JPKI-DEMO'],
    ['CN', 'Time Stamp Root'],
  ]);
  const root = await party((basics) => rootTemplate({ ...basics, subject }));
  const tsa = await party(
    (basics) =>
      tsaTemplate({
        ...basics,
        notAfter,
        issuer: root.certificate,
        crlUrl: 'http://crl.jpki-demo.example/agency.crl',
        ocspUrl: 'http://ocsp.jpki-demo.example/',
      }),
    root.signer,
  );
  const state = { answers: true, asked: 0 };
  const stamp: Stamp = stampThrough(
    async (bytes) => {
      state.asked += 1;
      if (!state.answers) throw new Error('nobody answers');
      const request = parseTimeStampRequest(bytes);
      if (!request.ok) throw new Error(request.rule);
      return buildTimeStampResponse({
        request: request.value,
        time: time.now,
        serial: Uint8Array.of(1, state.asked >> 8, state.asked & 255),
        terms: { policy: demoOids.timeStamping, accuracy: { seconds: 1 }, named: true },
        signer: { signer: tsa.signer, certificate: tsa.der },
      });
    },
    { anchors: [root.der], checkRevocation: false },
  );
  return { root, stamp, state };
}
