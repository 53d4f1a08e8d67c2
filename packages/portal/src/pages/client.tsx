import { Button, ButtonRow, fill, H2, Notice, P, Steps, T, Table, type Words } from '@madoguchi/ui';
import type { Browser } from '../browser.js';
import type { ClientSystem, Download } from '../downloads.js';
import { Frame, type View } from '../frame.js';
import { versions } from '../versions.js';

const text = {
  title: {
    ja: '署名クライアントのダウンロード',
    jaEasy: '{署名|しょめい}クライアントを {入|い}れる',
    en: 'Download the signing client',
  },
  lead: {
    ja: 'カードで署名するための、パソコンのソフトです。Javaも、ブラウザーの拡張機能も要りません。',
    jaEasy: 'カードで {署名|しょめい}する ソフトです。',
    en: 'The program that signs with your card. No Java, no browser extension.',
  },
  none: {
    ja: 'このサイトには、まだ配るファイルがありません',
    jaEasy: 'ファイルは まだ ありません',
    en: 'This site has no file to hand out yet',
  },
  noneText: {
    ja: '運用する人は、npm run pack:client で作ったファイルを、ダウンロードのフォルダーに置いてください。',
    jaEasy: '{係|かかり}の {人|ひと}が {用意|ようい}します。',
    en: 'Operators: make it with npm run pack:client and put it into the folder of downloads.',
  },
  files: { ja: 'ファイル', jaEasy: 'ファイル', en: 'Files' },
  file: { ja: 'ファイル', jaEasy: 'ファイル', en: 'File' },
  system: { ja: 'パソコンの種類', jaEasy: 'パソコンの {種類|しゅるい}', en: 'System' },
  version: { ja: '版', jaEasy: 'バージョン', en: 'Version' },
  size: { ja: '大きさ', jaEasy: '{大|おお}きさ', en: 'Size' },
  sum: { ja: '確かめるための数字（SHA-256）', jaEasy: '{確|たし}かめる {番号|ばんごう}', en: 'SHA-256' },
  get: { ja: '{name} をダウンロード', jaEasy: '{name} を ダウンロード', en: 'Download {name}' },
  check: {
    ja: '本物か確かめる',
    jaEasy: '{本物|ほんもの}か {確|たし}かめる',
    en: 'Check that it is genuine',
  },
  checkText: {
    ja: 'ファイルを置いたフォルダーで次の命令を打ち、出た数字が、ダウンロードのところに書いてある数字（SHA-256）と同じか見ます。1文字でもちがったら、使わないでください。',
    jaEasy: '{番号|ばんごう}が {同|おな}じか {見|み}ます。ちがったら {使|つか}わないでください。',
    en: 'In the folder of the file run this line and compare with the SHA-256 that stands beside the download. If one character differs, do not use the file.',
  },
  command: { ja: '打つ命令', jaEasy: '{打|う}つ {文字|もじ}', en: 'Command' },
  commands: {
    ja: '確かめる命令（パソコンの種類ごと）',
    jaEasy: '{確|たし}かめる {文字|もじ}',
    en: 'Commands by system',
  },
  install: { ja: '入れかた', jaEasy: '{入|い}れかた', en: 'Installing it' },
  node: {
    ja: 'Node.js 20.19 以上を入れます（nodejs.org）',
    jaEasy: 'Node.js を {入|い}れます',
    en: 'Install Node.js 20.19 or newer (nodejs.org)',
  },
  npm: {
    ja: 'npm install -g とファイルの名前を打ちます',
    jaEasy: 'npm install -g を {打|う}ちます',
    en: 'Run npm install -g with the name of the file',
  },
  doctor: {
    ja: 'madoguchi doctor と打ち、緑になるか見ます',
    jaEasy: 'madoguchi doctor を {打|う}ちます',
    en: 'Run madoguchi doctor and see whether all is green',
  },
  toStart: { ja: '準備へ進む', jaEasy: '{準備|じゅんび}へ すすむ', en: 'Go on to getting ready' },
  changed: { ja: '変わったこと', jaEasy: '{変|か}わった こと', en: 'What changed' },
  changedIn: { ja: '版 {version}', jaEasy: 'バージョン {version}', en: 'Version {version}' },
} satisfies Record<string, Words>;

const systemNames: Record<ClientSystem, Words | string> = {
  any: {
    ja: 'Windows・macOS・Linux（npm）',
    jaEasy: 'Windows・macOS・Linux',
    en: 'Windows, macOS, Linux (npm)',
  },
  linux: 'Linux',
  windows: 'Windows',
  mac: 'macOS',
};

/** The visitor's own system first. */
function ordered(downloads: readonly Download[], { system }: Browser): Download[] {
  const own = downloads.filter((file) => file.system === system);
  return [...own, ...downloads.filter((file) => file.system !== system)];
}

const fileName = (downloads: readonly Download[], system: ClientSystem) =>
  (downloads.find((file) => file.system === system) ?? downloads.find((file) => file.system === 'any'))
    ?.name ?? 'madoguchi-client-….tgz';

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** The client's packages with checksums, how to check and install them, and what changed. */
export function ClientDownload(props: { view: View; browser: Browser; downloads: readonly Download[] }) {
  const { view, downloads, browser } = props;
  const [first, ...others] = ordered(downloads, browser);
  return (
    <Frame view={view} title={text.title} lead={text.lead}>
      {first === undefined ? (
        <Notice title={text.none}>
          <P w={text.noneText} />
        </Notice>
      ) : (
        <>
          <ButtonRow>
            <Button href={`/client/files/${first.name}`} label={fill(text.get, { name: first.name })} />
          </ButtonRow>
          <Table
            id="files"
            caption={text.files}
            stack
            head={[text.file, text.system, text.version, text.size, text.sum]}
            rows={[first, ...others].map((file) => [
              <a href={`/client/files/${file.name}`}>{file.name}</a>,
              systemNames[file.system],
              file.version,
              size(file.bytes),
              <code>{file.sha256}</code>,
            ])}
          />
        </>
      )}
      <H2 w={text.check} id="check" />
      <P w={text.checkText} />
      <Table
        id="commands"
        caption={text.commands}
        stack
        head={[text.system, text.command]}
        rows={[
          ['Windows', <code>Get-FileHash {fileName(downloads, 'windows')}</code>],
          ['macOS', <code>shasum -a 256 {fileName(downloads, 'mac')}</code>],
          ['Linux', <code>sha256sum {fileName(downloads, 'linux')}</code>],
        ]}
      />
      <H2 w={text.install} id="install" />
      <Steps steps={[{ title: text.node }, { title: text.npm }, { title: text.doctor }]} />
      <ButtonRow>
        <Button href="/start" kind="secondary" label={text.toStart} />
      </ButtonRow>
      <H2 w={text.changed} id="changes" />
      {versions.map(({ version, changes }) => (
        <>
          <h3>
            <T w={fill(text.changedIn, { version })} />
          </h3>
          <ul>
            {changes.map((change) => (
              <li>
                <T w={change} />
              </li>
            ))}
          </ul>
        </>
      ))}
    </Frame>
  );
}
