import { fileURLToPath } from 'node:url';
import { typeset } from '../print/typeset.js';

/** What stands on the printed receipt, already in the reader's register. */
export interface ReceiptText {
  lang: 'ja' | 'en';
  title: string;
  agency: string;
  sentence: string;
  rows: { label: string; value: string }[];
  parts: { title: string; text: string }[];
  foot: string;
}

const template = fileURLToPath(new URL('../../assets/receipt.typ', import.meta.url));

/** The receipt as PDF/A-2a (tagged, archival). */
export function receiptPdf(text: ReceiptText, createdAt: Date): Uint8Array {
  return typeset(template, text, createdAt);
}
