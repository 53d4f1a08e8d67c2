import path from 'node:path';
import { configHome, dataHome, holderFolder } from './holder-folder.js';
import { desktopCommand, plistText, shellWord, systemdCommand, windowsCommand } from './quoting.js';

/** What is put on a machine so that the agent starts at login and `madoguchi:` wakes it: all of it, and nothing else, for one user. */
export interface InstallPlan {
  files: { path: string; content: string; mode: number }[];
  links: { path: string; target: string }[];
  /** Windows: values under HKEY_CURRENT_USER; a key marked `own` is deleted whole. */
  registry: { key: string; name: string; value: string; own: boolean }[];
  /** Linux: which program opens `madoguchi:` addresses, a line in a file that others use too. */
  handler?: { file: string; desktop: string };
  /** Programs that make the system take notice; a failing one is no error. */
  notice: string[][];
  forget: string[][];
}

export interface Machine {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  home: string;
  uid: number;
  /** Is systemd in charge of this user's services? */
  systemd: boolean;
  /** How this very program is called: an executable, or Node and a script. */
  program: readonly string[];
}

/** How the agent itself is called; its trust is named, so that no data folder of a clone is taken for it. */
export function agentCommand({ platform, env, home, program }: Machine): string[] {
  const { join } = platform === 'win32' ? path.win32 : path.posix;
  return [...program, 'serve', 'agent', '--trust', join(holderFolder(platform, env, home), 'trust')];
}

/** What a `madoguchi:` address calls: no part of the address is handed over (no %u, no %1). */
const wake = ['agent', 'wake'];

export const agentUnit = 'madoguchi-agent.service';
const label = 'jp.madoguchi.agent';
const scheme = 'madoguchi';
const title = 'Madoguchi 署名クライアント';

export function installPlan(machine: Machine): InstallPlan {
  if (machine.platform === 'win32') return windowsPlan(machine);
  if (machine.platform === 'darwin') return macPlan(machine);
  return linuxPlan(machine);
}

function linuxPlan(machine: Machine): InstallPlan {
  const { env, home, systemd, program } = machine;
  const config = configHome(env, home);
  const desktop = 'madoguchi-agent.desktop';
  const entry = (lines: string[]) => `${['[Desktop Entry]', 'Type=Application', ...lines].join('\n')}\n`;
  const units = path.posix.join(config, 'systemd', 'user');
  const start = systemd
    ? [{ path: path.posix.join(units, agentUnit), content: unit(agentCommand(machine)), mode: 0o644 }]
    : [
        {
          path: path.posix.join(config, 'autostart', desktop),
          content: entry([
            `Name=${title}`,
            `Exec=${desktopCommand(agentCommand(machine))}`,
            'NoDisplay=true',
          ]),
          mode: 0o644,
        },
      ];
  const handler = entry([
    `Name=${title}`,
    `Exec=${desktopCommand([...program, ...wake])}`,
    'NoDisplay=true',
    'StartupNotify=false',
    `MimeType=x-scheme-handler/${scheme};`,
  ]);
  return {
    files: [
      ...start,
      { path: path.posix.join(dataHome(env, home), 'applications', desktop), content: handler, mode: 0o644 },
    ],
    // What `systemctl --user enable` does; so it holds also where no user manager runs at this moment.
    links: systemd
      ? [
          {
            path: path.posix.join(units, 'default.target.wants', agentUnit),
            target: path.posix.join(units, agentUnit),
          },
        ]
      : [],
    registry: [],
    handler: { file: path.posix.join(config, 'mimeapps.list'), desktop },
    notice: systemd
      ? [
          ['systemctl', '--user', 'daemon-reload'],
          ['systemctl', '--user', 'restart', agentUnit],
        ]
      : [],
    forget: systemd
      ? [
          ['systemctl', '--user', 'stop', agentUnit],
          ['systemctl', '--user', 'daemon-reload'],
        ]
      : [],
  };
}

function unit(command: readonly string[]): string {
  return `[Unit]
Description=Madoguchi signing agent (署名クライアント)
Documentation=man:systemd.service(5)

[Service]
ExecStart=${systemdCommand(command)}
Restart=on-failure
RestartSec=5
# What a restart does not mend: wrong usage, something missing (the port, the trust), refused.
RestartPreventExitStatus=64 69 77
UMask=0077
NoNewPrivileges=yes
LockPersonality=yes

[Install]
WantedBy=default.target
`;
}

function macPlan(machine: Machine): InstallPlan {
  const { home, uid, program } = machine;
  const agent = path.posix.join(home, 'Library', 'LaunchAgents', `${label}.plist`);
  const app = path.posix.join(home, 'Applications', 'Madoguchi.app', 'Contents');
  const strings = (words: readonly string[]) =>
    words.map((word) => `    <string>${plistText(word)}</string>`).join('\n');
  return {
    files: [
      {
        path: agent,
        mode: 0o644,
        content: plist(`  <key>Label</key><string>${label}</string>
  <key>ProgramArguments</key>
  <array>
${strings(agentCommand(machine))}
  </array>
  <key>RunAtLoad</key><true/>
  <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>
  <key>ProcessType</key><string>Background</string>
  <key>Umask</key><integer>63</integer>`),
      },
      {
        path: path.posix.join(app, 'Info.plist'),
        mode: 0o644,
        content: plist(`  <key>CFBundleIdentifier</key><string>${label}.wake</string>
  <key>CFBundleName</key><string>${title}</string>
  <key>CFBundleExecutable</key><string>wake</string>
  <key>CFBundlePackageType</key><string>APPL</string>
  <key>CFBundleVersion</key><string>1</string>
  <key>LSUIElement</key><true/>
  <key>CFBundleURLTypes</key>
  <array>
    <dict>
      <key>CFBundleURLName</key><string>${title}</string>
      <key>CFBundleURLSchemes</key><array><string>${scheme}</string></array>
    </dict>
  </array>`),
      },
      {
        // An application must have a program of its own. The address itself arrives by Apple event, which nobody here asks for.
        path: path.posix.join(app, 'MacOS', 'wake'),
        mode: 0o755,
        content: `#!/bin/sh\nexec ${[...program, ...wake].map(shellWord).join(' ')}\n`,
      },
    ],
    links: [],
    registry: [],
    notice: [
      ['launchctl', 'bootout', `gui/${uid}/${label}`],
      ['launchctl', 'bootstrap', `gui/${uid}`, agent],
    ],
    forget: [['launchctl', 'bootout', `gui/${uid}/${label}`]],
  };
}

function plist(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
${body}
</dict>
</plist>
`;
}

const run = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';
const classes = `HKCU\\Software\\Classes\\${scheme}`;

function windowsPlan(machine: Machine): InstallPlan {
  const { program } = machine;
  const own = true;
  return {
    files: [],
    links: [],
    registry: [
      { key: run, name: 'MadoguchiAgent', value: windowsCommand(agentCommand(machine)), own: false },
      { key: classes, name: '', value: `URL:${title}`, own },
      { key: classes, name: 'URL Protocol', value: '', own },
      {
        key: `${classes}\\shell\\open\\command`,
        name: '',
        value: windowsCommand([...program, ...wake]),
        own,
      },
    ],
    notice: [],
    forget: [],
  };
}

/** Arguments of `reg.exe` that write a value. */
export function regAdd({ key, name, value }: InstallPlan['registry'][number]): string[] {
  return ['add', key, ...(name === '' ? ['/ve'] : ['/v', name]), '/t', 'REG_SZ', '/d', value, '/f'];
}

/** Arguments of `reg.exe` that take everything of the plan out again. */
export function regDelete(registry: InstallPlan['registry']): string[][] {
  const values = registry.filter(({ own }) => !own).map(({ key, name }) => ['delete', key, '/v', name, '/f']);
  const keys = registry.filter(({ own }) => own).map(({ key }) => key);
  const roots = [...new Set(keys)].filter((key) => !keys.some((other) => key.startsWith(`${other}\\`)));
  return [...values, ...roots.map((key) => ['delete', key, '/f'])];
}
