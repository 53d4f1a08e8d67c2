// The Debian packages that the tests use as judges: programs we did not write. None of them is needed to run the product.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export const packages = [
  'opensc',
  'pcscd',
  'vsmartcard-vpcd',
  'libengine-pkcs11-openssl',
  'libopenjp2-tools',
  'openssl',
  'curl',
  'chromium',
  'fonts-noto-cjk',
  'xmlsec1',
  'libxml2-utils',
  'poppler-utils',
  'qpdf',
  'softhsm2',
  'gnutls-bin',
  'unzip',
  'desktop-file-utils',
  'iproute2',
  'procps',
  'python3-cryptography-vectors',
  'python3-aiosmtpd',
  'libnss3-tools',
  'libpodofo-utils',
];

function missingPackages() {
  return packages.filter((name) => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is dpkg-query’s own.
    const status = spawnSync('dpkg-query', ['-W', '--showformat=${Status}', name], { encoding: 'utf8' });
    return !(status.stdout ?? '').includes('install ok installed');
  });
}

/**
 * Installs the missing packages when this is Debian and we are root; otherwise prints the one line that does,
 * and the suites that need them skip by name.
 */
export function installJudges() {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) {
    process.stderr.write('Not Debian: the suites that use OpenSC, Chromium and other judges skip by name.\n');
    return;
  }
  const missing = missingPackages();
  if (missing.length === 0) return;
  const line = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    process.stderr.write(`Some suites will skip by name. To run them all:\n  sudo ${line}\n`);
    return;
  }
  process.stderr.write(`Installing Debian packages for the tests: ${missing.join(' ')} …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () => spawnSync('apt-get', line.split(' ').slice(1), { env, encoding: 'utf8' });
  let done = install();
  if (done.status !== 0) {
    // A fresh machine has no package lists yet.
    spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' });
    done = install();
  }
  if (done.status !== 0) {
    const reason = (done.stderr ?? '').trim().split('\n').slice(-3).join('\n');
    process.stderr.write(
      `apt-get did not succeed; suites whose programs are missing skip by name.\n${reason}\n`,
    );
  }
}

/** The name of the system, for the first line of a test run. */
export function systemName() {
  if (!existsSync('/etc/os-release')) return process.platform;
  return /PRETTY_NAME="([^"]+)"/.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;
}
