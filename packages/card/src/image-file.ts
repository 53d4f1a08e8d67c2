import path from 'node:path';
import type { CardContent } from './card-content.js';
import { maximumImageSize, type OpenedImage, openImage, sealImage } from './image-format.js';
import type { StableStorage } from './stable-storage.js';

/** The image beside which the next one is prepared. */
function nextName(file: string): string {
  return `${file}.new`;
}

/**
 * Replaces the image as a whole: when this resolves the new one is on stable storage; at every moment before,
 * the file is either the old image or the new one.
 */
export async function writeImage(
  storage: StableStorage,
  file: string,
  content: CardContent,
  imageKey: Uint8Array,
): Promise<void> {
  const next = nextName(file);
  await storage.write(next, sealImage(content, imageKey));
  await storage.fsync(next);
  await storage.rename(next, file);
  await storage.fsyncFolder(path.dirname(path.resolve(file)));
}

/** Reads the image; a half-written successor from before a crash is thrown away, it never counted. */
export async function readImage(
  storage: StableStorage,
  file: string,
  imageKey: Uint8Array,
): Promise<OpenedImage | { ok: false; rule: 'absent' }> {
  const bytes = await storage.read(file, maximumImageSize);
  if (bytes === undefined) return { ok: false, rule: 'absent' };
  await storage.remove(nextName(file));
  return openImage(bytes, imageKey);
}
