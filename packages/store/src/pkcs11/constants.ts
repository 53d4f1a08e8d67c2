/** Numbers of PKCS #11 v2.40 (OASIS), each once. */

/** Places of the functions in CK_FUNCTION_LIST, counted from C_Initialize. */
export const functionPlaces = {
  C_Initialize: 0,
  C_Finalize: 1,
  C_GetSlotList: 4,
  C_GetTokenInfo: 6,
  C_OpenSession: 12,
  C_CloseSession: 13,
  C_Login: 18,
  C_GetAttributeValue: 24,
  C_FindObjectsInit: 26,
  C_FindObjects: 27,
  C_FindObjectsFinal: 28,
  C_SignInit: 42,
  C_Sign: 43,
  C_GenerateKeyPair: 59,
} as const;

export const functionCount = 68;

export const attributes = {
  class: 0x00,
  token: 0x01,
  private: 0x02,
  label: 0x03,
  id: 0x102,
  sensitive: 0x103,
  verify: 0x10a,
  sign: 0x108,
  modulus: 0x120,
  modulusBits: 0x121,
  publicExponent: 0x122,
  extractable: 0x162,
  keyType: 0x100,
  ecParams: 0x180,
  ecPoint: 0x181,
} as const;

export const classes = { publicKey: 2, privateKey: 3 } as const;
export const keyTypes = { rsa: 0, ec: 3 } as const;

export const mechanisms = {
  rsaKeyPair: 0x00,
  'rsa-sha256': 0x40,
  'rsa-sha384': 0x41,
  'rsa-sha512': 0x42,
  ecKeyPair: 0x1040,
  ecdsa: 0x1041,
} as const;

export const flags = { osLocking: 2, rwSession: 2, serialSession: 4 } as const;
export const userTypes = { user: 1 } as const;

/** Return values that mean something to us; every other is a fault of the module. */
export const results = {
  ok: 0x00,
  pinIncorrect: 0xa0,
  pinLocked: 0xa4,
  alreadyLoggedIn: 0x100,
  alreadyInitialized: 0x191,
} as const;
