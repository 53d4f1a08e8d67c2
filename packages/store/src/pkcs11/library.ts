import { createRequire } from 'node:module';
import { flags, functionCount, functionPlaces, results } from './constants.js';
import { moduleMissing, tokenFault } from './faults.js';

/** A function of the module, called on a thread of its own: a module over a network may take its time. Resolves with CK_RV. */
type Call = (...given: unknown[]) => Promise<number>;

export type Cryptoki = Readonly<Record<keyof typeof functionPlaces, Call>>;

/** CK_ATTRIBUTE, as the bridge to C takes it. */
export interface Attribute {
  readonly type: number;
  readonly pValue: Uint8Array | null;
  ulValueLen: number;
}

interface Koffi {
  load(file: string): { func(declaration: string): (...given: unknown[]) => number };
  struct(name: string, members: Record<string, unknown>): unknown;
  array(type: string, count: number): unknown;
  proto(declaration: string): unknown;
  decode(pointer: unknown, type: unknown): unknown;
}

interface Callable {
  async(...given: unknown[]): void;
}

const declarations: Record<keyof typeof functionPlaces, string> = {
  C_Initialize: 'ulong C_Initialize(CK_INITIALIZE_ARGS *args)',
  C_Finalize: 'ulong C_Finalize(void *reserved)',
  C_GetSlotList: 'ulong C_GetSlotList(uint8_t tokenPresent, uint8_t *list, _Inout_ ulong *count)',
  C_GetTokenInfo: 'ulong C_GetTokenInfo(ulong slot, uint8_t *info)',
  C_OpenSession:
    'ulong C_OpenSession(ulong slot, ulong flags, void *app, void *notify, _Out_ ulong *session)',
  C_CloseSession: 'ulong C_CloseSession(ulong session)',
  C_Login: 'ulong C_Login(ulong session, ulong user, uint8_t *pin, ulong length)',
  C_GetAttributeValue:
    'ulong C_GetAttributeValue(ulong session, ulong object, _Inout_ CK_ATTRIBUTE *template, ulong count)',
  C_FindObjectsInit: 'ulong C_FindObjectsInit(ulong session, CK_ATTRIBUTE *template, ulong count)',
  C_FindObjects: 'ulong C_FindObjects(ulong session, _Out_ ulong *object, ulong most, _Out_ ulong *count)',
  C_FindObjectsFinal: 'ulong C_FindObjectsFinal(ulong session)',
  C_SignInit: 'ulong C_SignInit(ulong session, CK_MECHANISM *mechanism, ulong key)',
  C_Sign:
    'ulong C_Sign(ulong session, uint8_t *data, ulong length, uint8_t *signature, _Inout_ ulong *signed)',
  C_GenerateKeyPair:
    'ulong C_GenerateKeyPair(ulong session, CK_MECHANISM *mechanism, CK_ATTRIBUTE *public, ulong publicCount, CK_ATTRIBUTE *private, ulong privateCount, _Out_ ulong *publicKey, _Out_ ulong *privateKey)',
};

const loaded = new Map<string, Promise<Cryptoki>>();

/** Loads a PKCS #11 module, once a process, and initialises it. Throws StoreError (69) where that is impossible, with the reason. */
export function loadModule(file: string): Promise<Cryptoki> {
  const known = loaded.get(file) ?? load(file);
  loaded.set(file, known);
  known.catch(() => loaded.delete(file));
  return known;
}

let bridge: Koffi | undefined;
let table: unknown;

/** The bridge to C is an optional package with binaries for each platform: nothing is compiled, and without it only this is missing. */
function bridgeToC(): Koffi {
  if (process.platform === 'win32') throw moduleMissing('PKCS #11 is not supported on Windows yet');
  if (bridge !== undefined) return bridge;
  try {
    bridge = createRequire(import.meta.url)('koffi') as Koffi;
  } catch {
    throw moduleMissing('the optional package koffi is not installed on this machine');
  }
  bridge.struct('CK_ATTRIBUTE', { type: 'ulong', pValue: 'void *', ulValueLen: 'ulong' });
  bridge.struct('CK_MECHANISM', { mechanism: 'ulong', pParameter: 'void *', ulParameterLen: 'ulong' });
  bridge.struct('CK_INITIALIZE_ARGS', {
    create: 'void *',
    destroy: 'void *',
    lock: 'void *',
    unlock: 'void *',
    flags: 'ulong',
    reserved: 'void *',
  });
  table = bridge.struct('CK_FUNCTION_LIST', {
    version: 'uint16_t',
    functions: bridge.array('void *', functionCount),
  });
  return bridge;
}

async function load(file: string): Promise<Cryptoki> {
  const c = bridgeToC();
  const list: unknown[] = [null];
  try {
    const getList = c.load(file).func('ulong C_GetFunctionList(_Out_ void **list)');
    const result = getList(list);
    if (result !== results.ok) throw tokenFault('C_GetFunctionList', result);
  } catch (error) {
    throw moduleMissing(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { functions } = c.decode(list[0], table) as { functions: unknown[] };
  const entries = Object.entries(functionPlaces).map(([name, place]) => {
    const declaration = declarations[name as keyof typeof functionPlaces];
    const callable = c.decode(functions[place], c.proto(declaration)) as Callable;
    return [name, callOf(callable)] as const;
  });
  const cryptoki = Object.fromEntries(entries) as unknown as Cryptoki;
  await initialise(cryptoki);
  return cryptoki;
}

async function initialise(cryptoki: Cryptoki): Promise<void> {
  const nothing = { create: null, destroy: null, lock: null, unlock: null, reserved: null };
  const result = await cryptoki.C_Initialize({ ...nothing, flags: flags.osLocking });
  if (result !== results.ok && result !== results.alreadyInitialized)
    throw tokenFault('C_Initialize', result);
}

/** Begins with the module anew: some look for their tokens only then. Every session of this process ends. */
export async function restartModule(cryptoki: Cryptoki): Promise<void> {
  await cryptoki.C_Finalize(null);
  await initialise(cryptoki);
}

/** What calls under way were given: the bridge hands over addresses only, and a buffer that is collected meanwhile would be written over. */
const inUse = new Set<readonly unknown[]>();

function callOf(callable: Callable): Call {
  return (...given) =>
    new Promise((resolve, reject) => {
      inUse.add(given);
      callable.async(...given, (error: unknown, result: number | bigint) => {
        inUse.delete(given);
        if (error) reject(error);
        else resolve(Number(result));
      });
    });
}
