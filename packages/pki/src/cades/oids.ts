/** Unsigned attributes of CAdES (ETSI EN 319 122-1; RFC 5126; counterSignature: RFC 5652 11.4). */
export const cadesAttributeIds = {
  counterSignature: '1.2.840.113549.1.9.6',
  signatureTimeStamp: '1.2.840.113549.1.9.16.2.14',
  archiveTimeStampV3: '0.4.0.1733.2.4',
  /** In the unsigned attributes of an archive time stamp's own signer. */
  atsHashIndexV3: '0.4.0.19122.1.5',
  /** Its first version (ETSI TS 101 733), which is read and not written: digests of whole attributes. */
  atsHashIndex: '0.4.0.1733.2.5',
} as const;
