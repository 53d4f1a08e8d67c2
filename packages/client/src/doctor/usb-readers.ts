import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { KnownReader } from './ccid-list.js';

/** A card reader on USB, whether or not PC/SC sees it. */
export interface UsbReader {
  /** What it says of itself, else its numbers. */
  name: string;
  /** Does the CCID driver know its numbers? Readers of the standard class mostly work all the same. */
  known: boolean;
}

/** USB class of smart card readers (CCID 1.1, 4.2). */
const smartCardClass = '0b';

async function text(folder: string, name: string): Promise<string> {
  return (await readFile(path.join(folder, name), 'utf8').catch(() => '')).trim();
}

/** Readers plugged in, from Linux' sysfs; elsewhere nothing is known. */
export async function usbReaders(
  known: readonly KnownReader[],
  root = '/sys/bus/usb/devices',
): Promise<UsbReader[]> {
  const names = await readdir(root).catch(() => []);
  const found: UsbReader[] = [];
  // Interfaces are named `1-2:1.0`, their device `1-2`.
  for (const device of names.filter((name) => !name.includes(':'))) {
    const folder = path.join(root, device);
    const vendor = Number.parseInt(await text(folder, 'idVendor'), 16);
    const product = Number.parseInt(await text(folder, 'idProduct'), 16);
    const listed = known.find((one) => one.vendor === vendor && one.product === product);
    const classes = await Promise.all(
      names
        .filter((name) => name.startsWith(`${device}:`))
        .map((name) => text(path.join(root, name), 'bInterfaceClass')),
    );
    if (listed === undefined && !classes.includes(smartCardClass)) continue;
    const own = `${await text(folder, 'manufacturer')} ${await text(folder, 'product')}`.trim();
    const numbers = `USB ${vendor.toString(16).padStart(4, '0')}:${product.toString(16).padStart(4, '0')}`;
    found.push({ name: listed?.name ?? (own === '' ? numbers : own), known: listed !== undefined });
  }
  return found;
}
