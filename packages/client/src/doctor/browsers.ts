import { access, constants } from 'node:fs/promises';
import path from 'node:path';

const linuxNames: [string, string][] = [
  ['chromium', 'Chromium'],
  ['chromium-browser', 'Chromium'],
  ['google-chrome', 'Google Chrome'],
  ['microsoft-edge', 'Microsoft Edge'],
  ['firefox', 'Firefox'],
  ['firefox-esr', 'Firefox'],
];

const macApps: [string, string][] = [
  ['/Applications/Safari.app', 'Safari'],
  ['/Applications/Google Chrome.app', 'Google Chrome'],
  ['/Applications/Firefox.app', 'Firefox'],
  ['/Applications/Microsoft Edge.app', 'Microsoft Edge'],
];

const windowsFiles: [string, string][] = [
  ['Microsoft\\Edge\\Application\\msedge.exe', 'Microsoft Edge'],
  ['Google\\Chrome\\Application\\chrome.exe', 'Google Chrome'],
  ['Mozilla Firefox\\firefox.exe', 'Firefox'],
];

/** Browsers found in the usual places of this system, by name, each once. Nothing is started. */
export async function findBrowsers(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string[]> {
  const places: [string, string][] =
    platform === 'darwin'
      ? macApps
      : platform === 'win32'
        ? [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].flatMap((folder) =>
            folder === undefined
              ? []
              : windowsFiles.map(([file, name]): [string, string] => [`${folder}\\${file}`, name]),
          )
        : (env.PATH ?? '')
            .split(path.delimiter)
            .flatMap((folder) =>
              linuxNames.map(([file, name]): [string, string] => [path.join(folder, file), name]),
            );
  const found = new Set<string>();
  await Promise.all(
    places.map(async ([file, name]) => {
      const there = await access(file, constants.F_OK).then(
        () => true,
        () => false,
      );
      if (there) found.add(name);
    }),
  );
  return [...found].sort();
}
