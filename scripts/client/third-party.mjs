// The licences of what a bundle holds: each package once, with the text it came with.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib.mjs';

export function thirdParty(inputs) {
  const names = new Set(
    inputs.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
  );
  names.add('pcsc-mini').add('@digital-go-jp/design-tokens');
  const parts = [...names].sort().map((name) => {
    const folder = path.join(root, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text =
      file !== undefined && existsSync(folder) ? readFileSync(path.join(folder, file), 'utf8').trim() : '';
    return `${name} ${version} (${license})\n\n${text}`;
  });
  return `What this program holds besides its own code.\n\n${parts.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}
