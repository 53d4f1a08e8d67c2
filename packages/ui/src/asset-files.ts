import { readFileSync } from 'node:fs';

/** The text of a file under `assets/`. This file alone touches the disk: a bundle puts the texts in its place. */
export function assetFile(name: string): string {
  return readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8');
}

/** The Digital Agency's design tokens, as CSS variables. */
export function designTokens(): string {
  return readFileSync(new URL(import.meta.resolve('@digital-go-jp/design-tokens/dist/tokens.css')), 'utf8');
}
