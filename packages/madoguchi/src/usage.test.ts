import assert from 'node:assert/strict';
import { existsSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { cli, temporary } from './testing/cli.js';

const dir = temporary('usage');
const file = (name: string, text: string) => {
  const full = path.join(dir, name);
  writeFileSync(full, text);
  return full;
};
const empty = path.join(dir, 'empty');
const text = file('text.txt', 'hello');
const application = file('list.json', '{"type":"madoguchi-application/1"}');
/** Read in pieces: larger than what is taken into memory. */
const large = file('large.bin', '');
truncateSync(large, 33 << 20);

const wrong: [string[], number, RegExp][] = [
  [['nonsense'], 64, /there is no command “nonsense”/],
  [['ca', 'nonsense'], 64, /no command “ca nonsense”[\s\S]*ca list/],
  [['card', 'pin'], 64, /no command “card pin”|no command “card”/],
  [['card'], 64, /“card” is the beginning of these commands[\s\S]*card info/],
  [['verify', path.join(dir, 'absent')], 69, /There is no file .*absent\./],
  [['verify', dir], 69, /is a folder/],
  [['start', '--port', 'abc'], 64, /--port is abc: a port is a number from 0 to 65535/],
  [['start', '--port', '65535'], 64, /two ports/],
  [['start', '--porrt', '1'], 64, /--porrt is not an option of “start”/],
  [['start', '--port'], 64, /value of --port is missing/],
  [['ca', 'list', 'more'], 64, /more words behind “ca list”/],
  [['ca', 'list', '--data', empty], 69, /There is no Madoguchi data in .*empty.*--data/],
  [['audit', 'verify', '--data', empty], 69, /There is no Madoguchi data/],
  [['ca', 'revoke', '--data', dir, '--reason', 'keyCompromise'], 64, /--serial is missing/],
  [['ca', 'init', '--data', empty, '--key', 'rsa1024'], 64, /--key is rsa1024: use rsa2048 or p384/],
  [['ca', 'init', '--data', empty, '--scheme', 'other'], 64, /--scheme is other: use national/],
  [['ca', 'issue', '--data', dir, '--csr', text, '--profile', 'signature'], 64, /--sex is missing/],
  [['serve', 'kitchen'], 64, /Which room\? One of agency, portal, ca, agent/],
  [['card', 'info', '--card', path.join(dir, 'absent.card')], 69, /There is no card image/],
  [['card', 'info', '--card', text, '--data', empty], 69, /sealed with a key of its data folder/],
  [['card', 'info', '--card', text, '--reader', 'x', '--data', dir], 64, /not both/],
  [['card', 'cert', 'nonsense'], 64, /Which certificate\? One of sign, auth/],
  [['card', 'revoke'], 64, /Which certificate\? sign or auth/],
  [['card', 'revoke', 'sign', '--url', 'http://127.0.0.1:9/'], 64, /A revocation is for ever: say --yes/],
  [['card', 'revoke', 'sign', '--yes', '--url', 'http://ca.example/'], 64, /--url needs https/],
  [['card', 'apdu'], 64, /Which command/],
  [['card', 'apdu', '00'], 64, /at least 4 bytes/],
  [['card', 'serve'], 64, /Which card/],
  [['card', 'serve', text, '--vpcd', 'here'], 64, /write HOST:PORT/],
  [['card', 'create', '--ca', dir, '-o', path.join(dir, 'x.card')], 64, /--municipality is missing/],
  [['card', 'create', '-o', text], 64, /never overwritten/],
  [['cert', 'show'], 64, /Which file/],
  [['cert', 'show', path.join(dir, 'absent')], 69, /There is no file/],
  [['cert', 'show', text], 1, /not a certificate: .* at byte 0/],
  [['procedure', 'check', path.join(dir, 'absent')], 69, /There is no file/],
  [['sign', text, '--as', 'pdf', '-o', 'x'], 64, /is not a well-formed PDF/],
  [['sign', text, application, '--as', 'asic', '-o', 'x'], 64, /“list.json” is part of an application/],
  [['sign', large, application, '--as', 'asic', '-o', 'x'], 64, /“list.json” is part of an application/],
  [['sign', text, '--as', 'jpeg', '-o', 'x'], 64, /--as is jpeg: use one of asic/],
  [['sign', text, '--as', 'asic', '--stamp', '-o', 'x'], 64, /--stamp is for --as pdf/],
  [['sign', text, '--as', 'pdf', '--stamp-at', '9', '-o', 'x'], 64, /--stamp-at is 9: write millimetres/],
  [['sign', text, '--as', 'pdf', '--stamp-page', '0', '-o', 'x'], 64, /--stamp-page is 0/],
  [['sign', text, '--as', 'asic', '--level', 'LT', '-o', 'x'], 64, /Level LT needs .*--timestamp URL/],
  [['sign', text, '--as', 'asic', '--level', 'X', '-o', 'x'], 64, /--level is X: use one of B, T, LT, LTA/],
  [['sign', text, '--as', 'asic', '--timestamp', 'tsa', '-o', 'x'], 64, /--timestamp is tsa: .*http/],
  [
    ['sign', text, '--as', 'asic', '--level', 'B', '--timestamp', 'http://tsa', '-o', 'x'],
    64,
    /Level B has no time stamp/,
  ],
  [['sign', text, '--as', 'cades', '-o', text], 64, /the file to be signed itself/],
  [['sign', text, '--as', 'cades', '-o', path.join(dir, 'none', 'x')], 64, /There is no folder/],
  [
    ['sign', text, '--as', 'cades', '--timestamp', 'http://tsa', '--trust', text, '-o', 'x'],
    64,
    /is no certificate/,
  ],
  [['sign', text, text, '--as', 'cades', '-o', 'x'], 64, /signs one file/],
  [['sign', text, '--as', 'xml', '-o', 'x'], 64, /is not a file that this format can sign/],
  [['sign', text, '--as', 'asic', '--element', 'a', '-o', 'x'], 64, /--element and --into are for --as xml/],
  [
    ['sign', file('a.xml', '<a/>'), '--as', 'xml', '--element', 'b', '-o', 'x'],
    64,
    /no element with that identifier/,
  ],
  [['sign', text, text, '--as', 'asic', '-o', 'x'], 64, /same name/],
  [['sign', '--as', 'asic', '-o', 'x'], 64, /Which file/],
  [['sign', text, '--as', 'asic'], 64, /--output is missing/],
  [['verify', text, '--policy', text], 64, /text\.txt is no JSON/],
  [
    ['verify', text, '--policy', 'citizen'],
    69,
    /cannot be read\. Names of policies that ship: citizen-signature/,
  ],
  [
    [
      'verify',
      text,
      '--policy',
      file('bad-policy.json', '{"id": "x", "levels": {"nope": "FAIL"}, "demoo": 1}'),
    ],
    64,
    /levels\.nope is "nope": one of container.*\n.*demoo is an unknown member: one of id/,
  ],
  [['verify', text, '--report', 'docx'], 64, /--report is docx: use one of text, html, pdf/],
  [['verify', text, '--report', 'html', '--json'], 64, /not both/],
  [['verify', text, '--lang', 'fr'], 64, /--lang is fr: use one of ja, ja-easy, en/],
  [['verify', text, '--lang', 'constructor'], 64, /--lang is constructor: use one of/],
  [['verify', text, '--ocsp', 'maybe'], 64, /--ocsp is maybe: use on, off or an address/],
  [['verify', '--from-evidence', text], 64, /is no JSON/],
  [['verify', '--from-evidence', file('bad-evidence.json', '{}')], 64, /gatheredAt is nothing: a moment/],
  [['verify', '--from-evidence', text, '--crl', text], 64, /--crl says what to collect/],
  [['verify', text, '--time', 'yesterday'], 64, /--time is yesterday: write ISO 8601/],
  [['verify', text, '--trust', text], 64, /is no certificate/],
  [['verify', text, '--data', empty], 69, /There is no Madoguchi data/],
  [['match', '--certificate', text], 1, /not a certificate/],
];

for (const [words, code, sentence] of wrong) {
  test(`madoguchi ${words.map((word) => path.basename(word)).join(' ')}: exit ${code}, in words`, async () => {
    const ended = await cli(words);
    assert.equal(ended.code, code, ended.err);
    assert.match(ended.err, sentence);
    assert.equal(ended.out, '');
    assert.doesNotMatch(ended.err, /at .*\.js:\d+|defect/);
  });
}

test('a PIN given as an argument is refused and never repeated', async () => {
  for (const words of [
    ['card', 'text', '--pin', '8642'],
    ['card', 'text', '--pin=8642'],
    ['card', 'text', '8642'],
    ['card', 'pin', 'change', 'auth', '8642'],
    ['sign', text, '--as', 'asic', '-o', 'x', '--password', '8642'],
  ]) {
    const { code, out, err } = await cli(words);
    assert.equal(code, 64, err);
    assert.doesNotMatch(out + err, /8642/);
  }
  assert.match((await cli(['card', 'text', '--pin', '8642'])).err, /never given as an argument.*--pin-file/);
});

test('configuration errors name the key, the value found and what is allowed', async () => {
  const cases: [string, NodeJS.ProcessEnv, RegExp][] = [
    ['{"port": 70000}', {}, /configuration: port is 70000: .*65535/],
    ['{"port": "many"}', {}, /configuration: port is "many"/],
    ['{"caUrl": "ftp://x"}', {}, /configuration: caUrl is "ftp:\/\/x": .*http/],
    ['{"prot": 8080}', {}, /configuration: prot is set, but it is no key. Keys: data, host, port/],
    ['[1]', {}, /is not a JSON object/],
    ['{', {}, /is not a JSON object/],
    ['{}', { MADOGUCHI_PORT: '-1' }, /configuration: port \(MADOGUCHI_PORT\) is "-1"/],
    [
      '{}',
      { MADOGUCHI_ORIGIN: 'city.example' },
      /configuration: origin \(MADOGUCHI_ORIGIN\) is "city.example"/,
    ],
  ];
  for (const [content, env, sentence] of cases) {
    const config = file('config.json', content);
    const ended = await cli(['serve', 'portal', '--config', config], { env });
    assert.equal(ended.code, 64, ended.err);
    assert.match(ended.err, sentence);
  }
  const absent = await cli(['serve', 'portal', '--config', path.join(dir, 'none.json')]);
  assert.equal(absent.code, 69);
  assert.match(absent.err, /none\.json does not exist/);
});

test('a table of character forms with a bad row stops the agency before anything is opened', async () => {
  const table = file('forms.tsv', '# ours\nvariant\t土士\tagency\n');
  const data = path.join(dir, 'not-made');
  const ended = await cli(['serve', 'agency', '--data', data], { env: { MADOGUCHI_VARIANTS: table } });
  assert.equal(ended.code, 64, ended.err);
  assert.match(ended.err, /forms\.tsv:2: 土 and 士 look alike/);
  assert.equal(existsSync(data), false);
});

test('procedure check names every fault with line and reason', async () => {
  const faulty = file('faulty.json', '{\n  "id": "x",\n  "version": 1,\n  "unknown": true\n}\n');
  const ended = await cli(['procedure', 'check', faulty]);
  assert.equal(ended.code, 1);
  assert.match(ended.out, /faulty\.json:3: .*version.*:/);
  const broken = await cli(['procedure', 'check', file('broken.json', '{\n  "id": \n}')]);
  assert.equal(broken.code, 1);
  assert.match(broken.out, /broken\.json:\d+: /);
});
