import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { connectVpcd, openCardImage } from '@madoguchi/card';
import { type IssuedCard, issueCard, issueWithOpenssl, withCardInReader } from './support/issued-card.js';
import { inPcscNamespace, type Outcome, run, slots } from './support/pcsc-namespace.js';
import { profileIssuer } from './support/profile-issuer.js';

const tools = ['opensc-tool', 'pkcs15-tool', 'pkcs11-tool', 'pkcs15-crypt', 'openssl'];

inPcscNamespace(import.meta.url, tools, () => {
  let issued: IssuedCard;
  before(async () => {
    issued = await issueWithOpenssl(await mkdtemp(path.join(tmpdir(), 'mado-opensc-')));
    await writeFile(path.join(issued.folder, 'm.txt'), '住民票の写しの交付申請\n');
  });
  after(() => rm(issued.folder, { recursive: true }));

  /** Runs `tool arguments…`, split at blanks, in the card's folder. */
  const shell = (line: string): Promise<Outcome> => {
    const [tool = '', ...args] = line.split(' ');
    return run(tool, args, { cwd: issued.folder });
  };
  const good = async (line: string): Promise<string> => {
    const done = await shell(line);
    assert.equal(done.code, 0, `${line}\n${done.stdout}${done.stderr}`);
    return done.stdout;
  };
  const triesLeft = async () =>
    [...(await good('pkcs15-tool --list-pins')).matchAll(/Tries left\s+: (\d+)/g)].map((match) => match[1]);
  const verifiesWithCertificate = async (id: string, pin: string, signature: string) => {
    await good(`pkcs15-tool --read-certificate ${id}${pin} -o read-${id}.pem`);
    await writeFile(
      path.join(issued.folder, `read-${id}.pub`),
      await good(`openssl x509 -in read-${id}.pem -pubkey -noout`),
    );
    const verified = await good(`openssl dgst -sha256 -verify read-${id}.pub -signature ${signature} m.txt`);
    assert.equal(verified.trim(), 'Verified OK');
  };
  /** What opensc-tool received last, e.g. `6982`. */
  const lastStatus = (output: string) => {
    const [, high, low] = [...output.matchAll(/SW1=0x(..), SW2=0x(..)/g)].at(-1) ?? [];
    return `${high}${low}`.toUpperCase();
  };
  const selectJpki = '-s 00:A4:04:0C:0A:D3:92:F0:00:26:01:00:00:00:01';
  const verifySignature = '-s 00:20:00:9B:06:41:42:43:31:32:33';
  const readSignature = '-s 00:B0:81:00:04';

  test('OpenSC lists the reader, sees the card come, and knows it for a JPKI card', async () => {
    assert.match(await good('opensc-tool -l'), /0 +No +Virtual PCD 00 00\n1 +No +Virtual PCD 00 01/);
    await withCardInReader(issued, async () => {
      assert.match(await good('opensc-tool -l'), /0 +Yes +Virtual PCD 00 00\n1 +No /);
      assert.equal(await good('opensc-tool -a -n'), '3b:e0:00:ff:81:31:fe:45:14\njpki\n');
    });
  });

  test('pkcs15-tool shows 2 PINs with their tries, 2 keys and 4 certificates', () =>
    withCardInReader(issued, async () => {
      const dump = await good('pkcs15-tool -D');
      const count = (pattern: RegExp) => [...dump.matchAll(pattern)].length;
      assert.equal(count(/^PIN \[/gm), 2);
      assert.equal(count(/^Private RSA Key \[/gm), 2);
      assert.equal(count(/^X.509 Certificate \[/gm), 4);
      assert.deepEqual(await triesLeft(), ['3', '5']);
    }));

  test('pkcs15-tool reads the certificates, the signature certificate only with its PIN', () =>
    withCardInReader(issued, async () => {
      const { authentication, authenticationCa, signatureCa, signature } = issued.certificates;
      const read = async (rest: string) =>
        new X509Certificate(await good(`pkcs15-tool --read-certificate ${rest}`)).raw;
      assert.deepEqual(await read('1'), authentication);
      assert.deepEqual(await read('3'), authenticationCa);
      assert.deepEqual(await read('4'), signatureCa);
      const refused = await shell('pkcs15-tool --read-certificate 2');
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /EF offset too large/);
      assert.deepEqual(await read('2 -a 2 --verify-pin --pin ABC123'), signature);
      // OpenSC leaves the card powered; the next process must not find it open.
      assert.equal((await shell('pkcs15-tool --read-certificate 2')).code, 1);
    }));

  test('pkcs11-tool sees slot 0 for authentication, slot 1 for signature, RSA PKCS#1 v1.5 and the objects', () =>
    withCardInReader(issued, async () => {
      const list = await good('pkcs11-tool -L');
      assert.match(list, /Slot 0 [\s\S]*User Authentication PIN[\s\S]*Slot 1 [\s\S]*Digital Signature PIN/);
      assert.match(await good('pkcs11-tool -M'), /SHA256-RSA-PKCS, keySize=\{2048,2048\}, sign, verify/);
      assert.match(await good('pkcs11-tool -O'), /User Authentication Certificate\n/);
      const objects = await good('pkcs11-tool --slot 1 -l --pin ABC123 -O');
      assert.match(
        objects,
        /Digital Signature Key[\s\S]*always authenticate, sensitive[\s\S]*Digital Signature Certificate/,
      );
    }));

  test('signatures by pkcs11-tool verify with OpenSSL against the certificates that pkcs15-tool reads', async () => {
    for (const verifyBeforeEachSignature of [false, true]) {
      await withCardInReader(
        issued,
        async () => {
          const sign = '-s -m SHA256-RSA-PKCS -i m.txt';
          await good(`pkcs11-tool --slot 0 -l --pin 1234 ${sign} --id 01 -o auth.bin`);
          await verifiesWithCertificate('1', '', 'auth.bin');
          await good(`pkcs11-tool --slot 1 -l --pin ABC123 ${sign} --id 02 -o sign.bin`);
          await verifiesWithCertificate('2', ' -a 2 --verify-pin --pin ABC123', 'sign.bin');
        },
        { settings: { verifyBeforeEachSignature } },
      );
    }
  });

  test('the same with certificates in the JPKI profile, with the longest address', async () => {
    const ours = await issueCard(issued.folder, profileIssuer(new Date()));
    assert.ok(ours.certificates.signature.length > 1900, `${ours.certificates.signature.length} bytes`);
    await withCardInReader(ours, async () => {
      await good('pkcs11-tool --slot 1 -l --pin ABC123 -s -m SHA256-RSA-PKCS -i m.txt --id 02 -o ours.bin');
      await verifiesWithCertificate('2', ' -a 2 --verify-pin --pin ABC123', 'ours.bin');
      await good('pkcs15-tool --read-certificate 4 -o ca.pem');
      assert.match(await good('openssl verify -CAfile ca.pem read-2.pem'), /: OK/);
      assert.deepEqual(
        new X509Certificate(await readFile(path.join(issued.folder, 'read-2.pem'))).raw,
        Buffer.from(ours.certificates.signature),
      );
    });
  });

  test('pkcs15-crypt signs a hash', () =>
    withCardInReader(issued, async () => {
      const hash = createHash('sha256').update('住民票の写しの交付申請\n').digest();
      await writeFile(path.join(issued.folder, 'hash.bin'), hash);
      await good('pkcs15-crypt -s -k 1 --sha-256 --pkcs1 -p 1234 -i hash.bin -o crypt.bin');
      await verifiesWithCertificate('1', '', 'crypt.bin');
    }));

  test('raw commands by opensc-tool are answered, and the token information names the card', () =>
    withCardInReader(issued, async () => {
      const output = await good(`opensc-tool -c jpki ${selectJpki} -s 00:20:00:98 -s 00:B0:86:00:20`);
      assert.match(output, /SW1=0x63, SW2=0xC3/);
      assert.match(output, /JPKIAPICCTOKEN2/);
      assert.equal(lastStatus(await good('opensc-tool -c jpki -s 00:47:80:97:00')), '6982');
    }));

  test('opensc-tool reads the other applications: their free files, the common record, objects of the issuer', () =>
    withCardInReader(issued, async () => {
      const ask = async (...commands: string[]) =>
        lastStatus(
          await good(`opensc-tool -c default ${commands.map((command) => `-s ${command}`).join(' ')}`),
        );
      const [text, visual] = [
        '00:A4:04:0C:0A:D3:92:10:00:31:00:01:01:04:08',
        '00:A4:04:0C:0A:D3:92:10:00:31:00:01:01:04:02',
      ];
      const common = '00:A4:04:0C:0A:D3:92:10:00:31:00:01:01:01:00';
      const domain = '00:A4:04:0C:07:A0:00:00:01:51:00:00';
      assert.equal(await ask(text, '00:B0:84:00:20'), '9000');
      assert.equal(await ask(text, '00:B0:82:00:20'), '6982');
      assert.equal(await ask(visual, '00:B0:83:00:20'), '9000');
      assert.equal(await ask(visual, '00:B0:82:00:20'), '6982');
      assert.equal(await ask(visual, '00:20:00:92'), '63CA');
      assert.equal(await ask(common, '00:B2:01:0C:00'), '9000');
      assert.equal(await ask(domain, '00:CA:00:F0:00'), '9000');
      assert.equal(await ask('00:A4:00:0C:02:3F:00'), '6A82');
    }));

  test('the media with RSA keys are JPKI cards to OpenSC, whatever their label', async () => {
    for (const medium of ['jukicard', 'android', 'iphone'] as const) {
      const card = await issueCard(issued.folder, profileIssuer(new Date()), undefined, medium);
      await withCardInReader(card, async () => {
        assert.equal(await good('opensc-tool -n'), 'jpki\n');
        await good('pkcs11-tool --slot 1 -l --pin ABC123 -s -m SHA256-RSA-PKCS -i m.txt --id 02 -o m.bin');
        await verifiesWithCertificate('2', ' -a 2 --verify-pin --pin ABC123', 'm.bin');
      });
    }
  });

  test('OpenSC’s driver changes no PIN, and says so without a try lost', () =>
    withCardInReader(issued, async () => {
      const done = await shell('pkcs11-tool --slot 0 -l --pin 1234 --change-pin --new-pin 5678');
      assert.notEqual(done.code, 0);
      assert.deepEqual(await triesLeft(), ['3', '5']);
    }));

  test('a reset takes the verified state away', () =>
    withCardInReader(issued, async () => {
      // The default driver selects nothing, so it sees what the program before it left behind.
      const open = await good(`opensc-tool -c default ${selectJpki} ${verifySignature} ${readSignature}`);
      assert.equal(lastStatus(open), '9000');
      assert.equal(lastStatus(await good(`opensc-tool -c default ${readSignature}`)), '9000');
      await good('opensc-tool --reset');
      const output = await good(`opensc-tool -c default ${selectJpki} ${readSignature}`);
      assert.equal(lastStatus(output), '6982');
    }));

  test('a wrong PIN is CKR_PIN_INCORRECT and costs a try; lower case is wrong; the right one gives tries back', () =>
    withCardInReader(issued, async () => {
      const wrong = await shell('pkcs11-tool --slot 0 -l --pin 9999 -O');
      assert.match(wrong.stderr, /CKR_PIN_INCORRECT/);
      const lowerCase = await shell('pkcs11-tool --slot 1 -l --pin abc123 -O');
      assert.match(lowerCase.stderr, /CKR_PIN_INCORRECT/);
      assert.deepEqual(await triesLeft(), ['2', '4']);
      await good('pkcs11-tool --slot 0 -l --pin 1234 -O');
      await good('pkcs11-tool --slot 1 -l --pin ABC123 -O');
      assert.deepEqual(await triesLeft(), ['3', '5']);
    }));

  test('a blocked PIN: OpenSC still knows the card, and says locked when the card answers 6983', async () => {
    for (const [blockedStatusWord, error] of [
      [0x6984, /CKR_GENERAL_ERROR/],
      [0x6983, /CKR_PIN_LOCKED/],
    ] as const) {
      await withCardInReader(
        issued,
        async () => {
          for (let n = 0; n < 3; n += 1) await shell('pkcs11-tool --slot 0 -l --pin 9999 -O');
          assert.deepEqual(await triesLeft(), ['0', '5']);
          assert.match((await shell('pkcs11-tool --slot 0 -l --pin 1234 -O')).stderr, error);
          assert.equal((await shell('pkcs15-tool --read-certificate 1')).code, 0);
        },
        { settings: { blockedStatusWord } },
      );
    }
  });

  test('the self-test of pkcs11-tool finds no error', () =>
    withCardInReader(issued, async () => {
      // A card without GET CHALLENGE would have one: C_GenerateRandom.
      assert.match(await good('pkcs11-tool -t -l --pin 1234'), /\nNo errors\n/);
    }));

  test('two cards in two readers give four PKCS#11 slots', () =>
    withCardInReader(issued, () =>
      withCardInReader(
        issued,
        async () => {
          const list = await good('pkcs11-tool -L');
          assert.equal([...list.matchAll(/token label +: JPKI/g)].length, 4);
          assert.match(list, /Virtual PCD 00 01/);
        },
        { port: slots[1] },
      ),
    ));

  test('a second card for a taken reader is told so, and the first one goes on', () =>
    withCardInReader(issued, async () => {
      const stranger = await openCardImage(issued.file, { imageKey: issued.imageKey });
      const link = await connectVpcd(stranger, { port: slots[0] });
      await assert.rejects(link.ready, { code: 'taken' });
      await link.closed;
      await stranger.close();
      assert.equal(await good('opensc-tool -a'), '3b:e0:00:ff:81:31:fe:45:14\n');
    }));

  test('a card that leaves empties the reader', async () => {
    await withCardInReader(issued, () => good('opensc-tool -a'));
    while (!/0 +No /.test(await good('opensc-tool -l'))) await pause(100);
  });
});
