import { type Context, Hono } from 'hono';
import { fileAt, sendFile } from '../attachments/send-file.js';
import { formLimit } from '../forms/form-limit.js';
import { pageLook } from '../forms/look.js';
import { limitedRequests, signingPageHeaders } from '../forms/signing.js';
import type { ReceptionOptions } from '../options.js';
import { type Reader, readersSigning } from './access.js';
import { checkForm, declineSigning, giveMail, requestCosignature, sendNotice } from './acts.js';
import { ininjo } from './mandate.js';
import { CorrectedPage } from './page.js';
import { type CosignPlace, showSigning } from './signing-shown.js';

/** Handles a request of somebody who was found to be a signer of the application. */
type SignerHandler = (c: Context, place: CosignPlace, reader: Reader) => Promise<Response>;

/** 共同の署名: `/applications/<receipt>/cosign`, for whoever the application needs besides its applicant. */
export function cosignRoutes(options: ReceptionOptions): Hono {
  const { agency } = options;
  const place: CosignPlace = { ...options, mandate: ininjo(agency) };
  const app = new Hono();
  const signer = (handle: SignerHandler) => async (c: Context) => {
    const reader = await findReader(c, options);
    return reader instanceof Response ? reader : handle(c, place, reader);
  };
  for (const headers of signingPageHeaders(agency)) app.use('/:receipt/cosign/*', headers);
  app.use('/:receipt/cosign/*', formLimit(512 * 1024));
  app.get('/:receipt/cosign', signer(showSigning));
  app.post('/:receipt/cosign', signer(checkForm));
  app.post('/:receipt/cosign/request', limitedRequests(options), signer(requestCosignature));
  app.get('/:receipt/cosign/notice.pdf', signer(sendNotice));
  app.post('/:receipt/cosign/mail', signer(giveMail));
  app.post('/:receipt/cosign/decline', signer(declineSigning));
  app.get('/:receipt/cosign/files/:index', (c) => sendSignedFile(c, options));
  return app;
}

/** The signer that this browser speaks for; else the answer that asks for the code, anew where the application has been corrected since. */
async function findReader(c: Context, options: ReceptionOptions): Promise<Reader | Response> {
  const { agency } = options;
  const entry = `${agency.basePath}/cosign`;
  const reader = await readersSigning(c, options);
  if (reader === undefined) return c.redirect(entry, 303);
  if (reader === 'corrected') return c.html(<CorrectedPage look={pageLook(c, agency)} home={entry} />, 409);
  return reader;
}

/** What was sent first is to be seen before it is signed, and goes along with the signature. */
async function sendSignedFile(c: Context, options: ReceptionOptions): Promise<Response> {
  const reader = await readersSigning(c, options);
  const files = typeof reader === 'object' ? reader.signing.submission.attachments : undefined;
  const file = fileAt(files, c.req.param('index'));
  return file === undefined ? c.notFound() : sendFile(c, file);
}
