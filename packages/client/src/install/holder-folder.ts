import path from 'node:path';

/**
 * The holder's own folder: the phrase, whom the agent trusts, what was installed. Not the data folder of an authority. By the rules of each
 * system (XDG base directories; Application Support; %APPDATA%).
 */
export function holderFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'win32')
    return path.win32.join(env.APPDATA || path.win32.join(home, 'AppData', 'Roaming'), 'Madoguchi');
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', 'Madoguchi');
  return path.posix.join(configHome(env, home), 'madoguchi');
}

/** `$XDG_CONFIG_HOME`; a relative one is ignored, as the specification says. */
export function configHome(env: NodeJS.ProcessEnv, home: string): string {
  const given = env.XDG_CONFIG_HOME ?? '';
  return path.posix.isAbsolute(given) ? given : path.posix.join(home, '.config');
}

/** `$XDG_DATA_HOME`. */
export function dataHome(env: NodeJS.ProcessEnv, home: string): string {
  const given = env.XDG_DATA_HOME ?? '';
  return path.posix.isAbsolute(given) ? given : path.posix.join(home, '.local', 'share');
}
