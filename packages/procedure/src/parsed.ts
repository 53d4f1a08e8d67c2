export type { Parsed } from '@madoguchi/pki';
