import type { Words } from '@madoguchi/ui';
import type { SystemKind } from './system.js';
import { w } from './three-words.js';

const askSomebody = '{詳|くわ}しい {人|ひと}に たのんで ください。';

/** The command that installs PC/SC, in the words of each system. */
export const installService: Record<SystemKind, Words> = {
  debian: w(
    '端末で次を実行してください: sudo apt install pcscd libccid',
    `つぎの {文|ぶん}を {実行|じっこう}して ください: sudo apt install pcscd libccid`,
    'Run in a terminal: sudo apt install pcscd libccid',
  ),
  fedora: w(
    '端末で次を実行してください: sudo dnf install pcsc-lite pcsc-lite-ccid',
    'つぎの {文|ぶん}を {実行|じっこう}して ください: sudo dnf install pcsc-lite pcsc-lite-ccid',
    'Run in a terminal: sudo dnf install pcsc-lite pcsc-lite-ccid',
  ),
  arch: w(
    '端末で次を実行してください: sudo pacman -S pcsclite ccid',
    'つぎの {文|ぶん}を {実行|じっこう}して ください: sudo pacman -S pcsclite ccid',
    'Run in a terminal: sudo pacman -S pcsclite ccid',
  ),
  linux: w(
    'お使いのLinuxの pcsc-lite と ccid を入れてください。',
    `pcsc-lite と ccid を いれて ください。${askSomebody}`,
    'Install pcsc-lite and ccid with the package manager of this system.',
  ),
  macos: w(
    'macOSには初めから入っています。パソコンを再起動してください。',
    'パソコンを いちど {切|き}って、もういちど つけて ください。',
    'macOS has it built in: restart this computer.',
  ),
  windows: w(
    'Windowsには初めから入っています。パソコンを再起動してください。',
    'パソコンを いちど {切|き}って、もういちど つけて ください。',
    'Windows has it built in: restart this computer.',
  ),
  other: w(
    'このシステムの PC/SC を入れてください。',
    `PC/SCを いれて ください。${askSomebody}`,
    'Install PC/SC for this system.',
  ),
};

const systemd = w(
  '端末で次を実行してください: sudo systemctl enable --now pcscd.socket',
  'つぎの {文|ぶん}を {実行|じっこう}して ください: sudo systemctl enable --now pcscd.socket',
  'Run in a terminal: sudo systemctl enable --now pcscd.socket',
);

/** The command that starts the service where it stands still. */
export const startService: Record<SystemKind, Words> = {
  debian: systemd,
  fedora: systemd,
  arch: systemd,
  linux: w(
    'pcscd を始めてください（例: sudo service pcscd start。systemdなら: sudo systemctl enable --now pcscd.socket）。',
    `pcscd を はじめて ください。${askSomebody}`,
    'Start pcscd (for example: sudo service pcscd start; with systemd: sudo systemctl enable --now pcscd.socket).',
  ),
  macos: w(
    'リーダーを抜いて差し直してください。だめなときはパソコンを再起動してください。',
    'カードリーダーを ぬいて、もういちど さして ください。だめな ときは、パソコンを {切|き}って、もういちど つけて ください。',
    'Unplug the reader and plug it in again; if that fails, restart this computer.',
  ),
  windows: w(
    '管理者の PowerShell で次を実行してください: Start-Service SCardSvr（または「サービス」で Smart Card を開始）。リーダーを差し直すだけで始まることもあります。',
    'カードリーダーを ぬいて、もういちど さして ください。だめな ときは、パソコンを {切|き}って、もういちど つけて ください。',
    'In PowerShell as administrator: Start-Service SCardSvr (or start “Smart Card” under Services). Plugging the reader in again may be enough.',
  ),
  other: w(
    'スマートカードのサービスを始めてください。',
    `サービスを はじめて ください。${askSomebody}`,
    'Start the smart card service of this system.',
  ),
};
