/** Signatures and sizes of the records of a ZIP file (PKWARE APPNOTE 6.3, sections 4.3.7 to 4.3.16). */
export const LOCAL_HEADER = 0x04034b50;
export const CENTRAL_HEADER = 0x02014b50;
export const END_OF_DIRECTORY = 0x06054b50;
export const DATA_DESCRIPTOR = 0x08074b50;
export const ZIP64_LOCATOR = 0x07064b50;
export const LOCAL_HEADER_SIZE = 30;
export const CENTRAL_HEADER_SIZE = 46;
export const END_OF_DIRECTORY_SIZE = 22;

/** General purpose bits (4.4.4). */
export const FLAG_DESCRIPTOR = 0x0008;
export const FLAG_UTF8 = 0x0800;

/** Compression methods (4.4.5). */
export const STORED = 0;
export const DEFLATED = 8;
