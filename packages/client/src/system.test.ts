import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemKindOf } from './system.js';

test('the kind of a system by its platform and os-release, derived systems included', () => {
  const cases: [NodeJS.Platform, string, string][] = [
    ['linux', 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', 'debian'],
    ['linux', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'debian'],
    ['linux', 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'fedora'],
    ['linux', 'ID=arch\n', 'arch'],
    ['linux', 'ID=nixos\n', 'linux'],
    ['linux', 'ID=constructor\n', 'linux'],
    ['linux', '', 'linux'],
    ['darwin', '', 'macos'],
    ['win32', '', 'windows'],
    ['freebsd', '', 'other'],
  ];
  for (const [platform, text, kind] of cases) assert.equal(systemKindOf(platform, text), kind);
});
