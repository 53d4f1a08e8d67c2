import { spawn } from 'node:child_process';

/** Opens an address or a file in the person's browser; that it cannot be opened is no error: the address stands in the terminal. */
export function openBrowser(place: string): void {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', place]
      : process.platform === 'win32'
        ? ['explorer.exe', place]
        : ['xdg-open', place];
  const hasScreen =
    process.platform !== 'linux' ||
    process.env.DISPLAY !== undefined ||
    process.env.WAYLAND_DISPLAY !== undefined;
  if (!hasScreen) return;
  spawn(program, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
