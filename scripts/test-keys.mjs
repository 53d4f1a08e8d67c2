// Loaded into every process of a run of the tests (NODE_OPTIONS). To make an RSA key takes 160 ms of processor time (3072 bits: 470), the tests
// make thousands. Here the n-th key of a length that a test file asks for is the n-th of the run: whoever needs it first makes it, the other test
// files find it in MADOGUCHI_TEST_KEYS. Within one test file, its cities, agents and commands included, no key is given out twice.
// How keys come to be is not changed: a kind that is not listed here, and what runs without NODE_OPTIONS (test/src/start.test.ts), makes its own.
import crypto from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

const folder = process.env.MADOGUCHI_TEST_KEYS;
// The test runner itself asks for no keys; the first process below it is a test file's, and its children have its list of what is taken.
if (folder !== undefined && process.env.NODE_TEST_CONTEXT !== undefined)
  process.env.MADOGUCHI_TEST_KEYS_TAKEN ??= path.join(folder, `taken-${process.pid}`);
const taken = process.env.MADOGUCHI_TEST_KEYS_TAKEN;
if (folder !== undefined && taken !== undefined && isOurs()) handOut();

/** False for a process that a test runs as another user. */
function isOurs() {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function handOut() {
  const { generateKeyPair, generateKeyPairSync } = crypto;
  const generate = promisify(generateKeyPair);
  const next = { 2048: 0, 3072: 0 };

  /** The number of a key that no process of this test file has had. */
  function take(length) {
    isFirst(() => mkdirSync(taken));
    for (;;) {
      const name = `rsa${length}-${next[length]++}`;
      if (isFirst(() => closeSync(openSync(path.join(taken, name), 'wx')))) return name;
    }
  }

  /** False where another process has made it. */
  function isFirst(make) {
    try {
      make();
      return true;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      return false;
    }
  }

  const isListed = (type, options) =>
    type === 'rsa' &&
    next[options?.modulusLength] !== undefined &&
    [undefined, 65537].includes(options.publicExponent);
  const der = { format: 'der', type: 'pkcs8' };
  const read = (name) => {
    try {
      return crypto.createPrivateKey({ key: readFileSync(path.join(folder, name)), ...der });
    } catch (error) {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    }
  };
  const keep = (name, key) => {
    const file = path.join(folder, name);
    writeFileSync(`${file}.${process.pid}`, key.export(der), { mode: 0o600 });
    renameSync(`${file}.${process.pid}`, file);
    return key;
  };
  /** As Node gives it: key objects, or encoded where the caller says how. */
  const pairOf = (privateKey, { publicKeyEncoding, privateKeyEncoding }) => {
    const publicKey = crypto.createPublicKey(privateKey);
    return {
      publicKey: publicKeyEncoding ? publicKey.export(publicKeyEncoding) : publicKey,
      privateKey: privateKeyEncoding ? privateKey.export(privateKeyEncoding) : privateKey,
    };
  };

  const handOutAsync = async (type, options) => {
    if (!isListed(type, options)) return generate(type, options);
    const { modulusLength } = options;
    const name = take(modulusLength);
    const key = read(name) ?? keep(name, (await generate('rsa', { modulusLength })).privateKey);
    return pairOf(key, options);
  };
  crypto.generateKeyPair = (type, options, callback) => {
    if (!isListed(type, options)) return generateKeyPair(type, options, callback);
    handOutAsync(type, options).then(
      ({ publicKey, privateKey }) => setImmediate(callback, null, publicKey, privateKey),
      (error) => setImmediate(callback, error),
    );
  };
  crypto.generateKeyPair[promisify.custom] = handOutAsync;
  crypto.generateKeyPairSync = (type, options) => {
    if (!isListed(type, options)) return generateKeyPairSync(type, options);
    const { modulusLength } = options;
    const name = take(modulusLength);
    return pairOf(
      read(name) ?? keep(name, generateKeyPairSync('rsa', { modulusLength }).privateKey),
      options,
    );
  };
  syncBuiltinESMExports();
}
