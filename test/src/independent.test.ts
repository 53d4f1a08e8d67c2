// What arrived, in the hands of programs we did not write: OpenSSL, unzip, qpdf, pdftotext. Then the certificate is revoked.
// The card is an image here, so that this runs wherever a browser does; the application carries an attachment.
import assert from 'node:assert/strict';
import { createHash, createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { verifyReceipt } from '@madoguchi/procedure';
import { type Database, openDatabase, openKeystore } from '@madoguchi/store';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { recordActivations } from './support/activations.js';
import { desktop, saveArtifact, saveJournal, takePictures } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { type Filing, fileApplication } from './support/citizen.js';
import { freePorts } from './support/free-ports.js';
import { openCase, readLights, untilChecked } from './support/officer.js';
import { run } from './support/pcsc-namespace.js';
import { fillRoadPermission } from './support/road-permission.js';
import { madoguchi, type RunningCity, startCity, temporaryFolder } from './support/running-city.js';
import { samplePaper } from './support/sample-files.js';

const tools = ['openssl', 'unzip', 'qpdf', 'pdftotext'].map((name) => `/usr/bin/${name}`);
const missing = [...tools.filter((file) => !existsSync(file)), ...(chromiumPath ? [] : ['chromium'])];

const numberOf = (receiptUrl: string) => new URL(receiptUrl).pathname.split('/').at(-1) ?? '';
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

describe('an application in foreign hands', {
  skip: missing.length > 0 && `not installed: ${missing.join(', ')}`,
}, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let work = '';
  let city: RunningCity;
  let browser: Browser;
  let citizen: BrowserContext;
  let officer: Page;
  let filing: Filing;
  let receiptNumber = '';
  let database: Database;

  const inWork = (name: string) => path.join(work, name);
  /** Runs a program in the work folder; what it printed, when it ended well. */
  const judge = async (program: string, args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(program, args, { cwd: work, env: { LC_ALL: 'C.UTF-8' } });
    assert.equal(code, 0, `${program} ${args.join(' ')}\n${stdout}${stderr}`);
    return stdout + stderr;
  };
  const openssl = (...args: string[]) => judge('openssl', args);
  const download = async (address: string, name: string) => {
    const answer = await fetch(`${city.addresses.ca}${address}`);
    assert.equal(answer.status, 200, address);
    writeFileSync(inWork(name), Buffer.from(await answer.arrayBuffer()));
  };
  /** The authority's certificate and the list of the citizen's municipality, both in one file for `-CAfile`. */
  const fetchRevocation = async () => {
    await download('/ca/sign-g1.cer', 'sign-ca.cer');
    await download('/crl/sign-g1-99201.crl', 'list.crl');
    await openssl('x509', '-inform', 'DER', '-in', 'sign-ca.cer', '-out', 'sign-ca.pem');
    await openssl('crl', '-inform', 'DER', '-in', 'list.crl', '-out', 'list.pem');
    const roots = readFileSync(inWork('sign-ca.pem'), 'utf8') + readFileSync(inWork('list.pem'), 'utf8');
    writeFileSync(inWork('roots.pem'), roots);
  };
  const ocspStatus = () =>
    openssl(
      'ocsp',
      '-issuer',
      'sign-ca.pem',
      '-cert',
      'signer.pem',
      '-CAfile',
      'sign-ca.pem',
      '-url',
      `${city.addresses.ca}/ocsp`,
    );

  before(async () => {
    folder = await temporaryFolder('independent');
    work = path.join(folder.dir, 'work');
    await mkdir(work);
    const dir = path.join(folder.dir, 'data');
    const port = await freePorts(3);
    const args = ['--port', String(port), '--agent-port', String(port + 2)];
    [city, browser] = await Promise.all([startCity({ dir, args }), launchChromium()]);
    const look = { locale: 'ja-JP', viewport: desktop, deviceScaleFactor: 2 };
    citizen = await browser.newContext(look);
    officer = await (await browser.newContext(look)).newPage();
    database = await openDatabase({ dataDir: dir });
  });
  after(async () => {
    await database.close();
    await browser.close();
    await city.stop();
    await folder.remove();
  });

  test('an application with an attachment takes at most eight activations, with the card as an image too', async (t) => {
    t.diagnostic(`card: ${city.addresses.card.kind}`);
    const journal = await recordActivations(citizen);
    filing = await fileApplication(citizen, city.addresses, {
      procedure: '道路占用許可申請',
      answer: async (page) => {
        await page.getByLabel('占用の場所').pressSequentially('見本市中央一丁目2番地先');
        await page.getByLabel('看板').check();
        await page.getByLabel('占用のはじまりの日').pressSequentially('令和8年12月1日');
        await page.getByLabel('占用のおわりの日').pressSequentially('2026/12/3');
        await fillRoadPermission(page);
        const dialog = page.waitForEvent('filechooser');
        await page.getByLabel('位置図').click();
        const buffer = samplePaper();
        await (await dialog).setFiles({ name: '位置 図.pdf', mimeType: 'application/pdf', buffer });
      },
      at: (moment, page) => takePictures(`attachment-${moment}`, page),
    });
    receiptNumber = numberOf(filing.receiptUrl);
    saveJournal('image-attachment', journal);
    // One more in the system's own dialog, where a file is chosen.
    assert.ok(journal.activations().length + 1 <= 8, journal.describe());
    await officer.goto(city.addresses.desk);
    await untilChecked(officer, receiptNumber);
    await openCase(officer, receiptNumber);
    const lights = await readLights(officer);
    assert.deepEqual(
      Object.values(lights).map(({ state }) => state),
      ['good', 'good', 'good'],
      JSON.stringify(lights),
    );
    await takePictures('attachment-6-desk', officer);
  });

  test('openssl opens the stored envelope with the agency’s key, and unzip lists what is in it', async () => {
    const chunks = await database.sql<{ bytes: Uint8Array }[]>`select bytes from agency.envelope_chunks
      where receipt_number = ${receiptNumber} order by seq`;
    writeFileSync(inWork('envelope.der'), Buffer.concat(chunks.map(({ bytes }) => bytes)));
    const keystore = await openKeystore({ dir: path.join(city.dir, 'keys'), demo: true });
    const folder = path.join(city.dir, 'agencies', '99201');
    const list = readFileSync(path.join(folder, 'encryption.json'), 'utf8');
    const current = (JSON.parse(list) as { keys: { certificate: string; key: string }[] }).keys.at(-1);
    assert.ok(current);
    const pkcs8 = await keystore.get(current.key);
    assert.ok(pkcs8);
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
    writeFileSync(inWork('agency.pem'), key.export({ format: 'pem', type: 'pkcs8' }));
    const certificate = path.join(folder, current.certificate);
    await openssl('x509', '-inform', 'DER', '-in', certificate, '-out', 'agency-certificate.pem');
    await openssl(
      'cms',
      '-decrypt',
      '-inform',
      'DER',
      '-in',
      'envelope.der',
      '-binary',
      '-recip',
      'agency-certificate.pem',
      '-inkey',
      'agency.pem',
      '-out',
      'application.asice',
    );
    await judge('unzip', ['-t', 'application.asice']);
    const names = (await judge('unzip', ['-Z1', 'application.asice'])).trim().split('\n');
    assert.equal(names[0], 'mimetype');
    assert.deepEqual(names.toSorted(), [
      'META-INF/ASiCManifest.xml',
      'META-INF/signature.p7s',
      'application.json',
      'attachments/位置 図.pdf',
      'definition.json',
      'mimetype',
    ]);
    await judge('unzip', ['-q', 'application.asice', '-d', 'opened']);
    assert.equal(readFileSync(inWork('opened/mimetype'), 'utf8'), 'application/vnd.etsi.asic-e+zip');
  });

  test('every file has the digest that stands in the manifest, and none is missing there', () => {
    const manifest = readFileSync(inWork('opened/META-INF/ASiCManifest.xml'), 'utf8');
    const listed = [
      ...manifest.matchAll(
        /<(?:\w+:)?DataObjectReference[^>]* URI="([^"]+)"[\s\S]*?<(?:\w+:)?DigestValue>([^<]+)</g,
      ),
    ];
    assert.deepEqual(listed.map(([, uri]) => decodeURIComponent(uri ?? '')).toSorted(), [
      'application.json',
      'attachments/位置 図.pdf',
      'definition.json',
    ]);
    for (const [, uri = '', digest] of listed) {
      const bytes = readFileSync(inWork(path.join('opened', decodeURIComponent(uri))));
      assert.equal(sha256(bytes).toString('base64'), digest, uri);
    }
  });

  test('openssl accepts the signature over the manifest and the signer’s certificate, with the list of its municipality', async () => {
    await fetchRevocation();
    const signed = ['opened/META-INF/signature.p7s', '-content', 'opened/META-INF/ASiCManifest.xml'];
    await openssl(
      'cms',
      '-verify',
      '-binary',
      '-inform',
      'DER',
      '-in',
      ...signed,
      '-CAfile',
      'roots.pem',
      '-crl_check',
      '-out',
      '/dev/null',
      '-signer',
      'signer.pem',
    );
    await openssl('verify', '-x509_strict', '-crl_check', '-CAfile', 'roots.pem', 'signer.pem');
    const answer = await ocspStatus();
    assert.match(answer, /^signer\.pem: good$/m);
    assert.match(answer, /^Response verify OK$/m);
  });

  test('the receipt’s JWS verifies, and its PDF is sound and says the number, the procedure and the city', async () => {
    const [row] = await database.sql<{ jti: string }[]>`select jti from agency.cases
      where receipt_number = ${receiptNumber}`;
    const { page } = filing;
    const jws = await page.request.get(`${filing.receiptUrl}/receipt.jws`);
    await download('/ca/agency-g1.cer', 'agency-ca.cer');
    const checked = verifyReceipt(await jws.text(), {
      anchors: [readFileSync(inWork('agency-ca.cer'))],
      demo: true,
      now: new Date(),
      jti: row?.jti ?? '',
      envelopeSha256: sha256(readFileSync(inWork('envelope.der'))).toString('hex'),
      agencyCode: '99201',
    });
    assert.ok(checked.ok, JSON.stringify(checked));
    assert.equal(checked.receipt.receiptNumber, receiptNumber);
    const pdf = await (await page.request.get(`${filing.receiptUrl}/receipt.pdf`)).body();
    writeFileSync(inWork('receipt.pdf'), pdf);
    saveArtifact('receipt.pdf', pdf);
    await judge('qpdf', ['--check', 'receipt.pdf']);
    const text = await judge('pdftotext', ['-layout', 'receipt.pdf', '-']);
    for (const words of [receiptNumber, '道路占用許可申請', '見本市']) assert.ok(text.includes(words), text);
  });

  test('revoked after the arrival: OCSP and the list say so at once, and the desk still holds it for valid, with a note', async () => {
    const serial =
      (await openssl('x509', '-in', 'signer.pem', '-noout', '-serial')).trim().split('=')[1] ?? '';
    await judge(process.execPath, [
      madoguchi,
      'ca',
      'revoke',
      '--data',
      city.dir,
      '--serial',
      serial,
      '--reason',
      'keyCompromise',
    ]);
    await fetchRevocation();
    assert.match(
      await openssl('crl', '-in', 'list.pem', '-noout', '-text'),
      new RegExp(`Serial Number: ${serial}\\b`),
    );
    assert.match(await ocspStatus(), /signer\.pem: revoked[\s\S]*Reason: keyCompromise/);
    const strict = await run('openssl', ['verify', '-crl_check', '-CAfile', 'roots.pem', 'signer.pem'], {
      cwd: work,
    });
    assert.notEqual(strict.code, 0);
    assert.match(strict.stderr, /certificate revoked/);

    await officer.getByRole('button', { name: 'もう一度確かめる' }).click();
    await officer.getByText('（2回目）').waitFor();
    const { validity } = await readLights(officer);
    assert.equal(validity.state, 'good', JSON.stringify(validity));
    assert.match(validity.text, /有効性 良い .*到達後に失効/);
    await officer.locator('#light-validity summary').click();
    await officer.locator('#light-validity').getByText('そのあとも失効していないこと').waitFor();
    await takePictures('revoked-1-later', officer);
  });

  test('an application with the revoked card is told apart: 有効性 is wrong, with the reason in words', async () => {
    const { receiptUrl } = await fileApplication(citizen, city.addresses);
    await officer.goto(`${city.addresses.agency}desk`);
    await untilChecked(officer, numberOf(receiptUrl));
    await takePictures('revoked-2-queue', officer);
    await openCase(officer, numberOf(receiptUrl));
    const { signature, identity, validity } = await readLights(officer);
    assert.deepEqual(
      [signature.state, identity.state, validity.state],
      ['good', 'good', 'bad'],
      JSON.stringify(validity),
    );
    assert.match(validity.text, /✕ ?有効性 誤り .*失効/);
    await takePictures('revoked-3-case', officer);
  });
});
