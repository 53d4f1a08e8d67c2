import { apdu } from '../apdu.js';
import { type ApplicationName, aids } from '../applications.js';
import { sfiReference } from '../command.js';
import { type ElementaryFile, efs } from '../files.js';

/** How sure the description of the card is about a row. */
export type Mark = 'verified' | 'secondary source' | 'assumption';

/** One question to a card: after these commands the last answer is looked at. */
export interface Probe {
  /** Unique; part of the report and of its schema. */
  readonly id: string;
  readonly application: ApplicationName | 'card';
  readonly ja: string;
  readonly en: string;
  /** Of the description that the virtual card follows. */
  readonly mark: Mark;
  readonly commands: readonly Uint8Array[];
  /** The answer should be a template: its tags are named. */
  readonly template?: boolean;
}

const hex = (text: string) => Buffer.from(text, 'hex');
const select = (name: ApplicationName) => apdu.selectApplication(aids[name]);
const id4 = (file: ElementaryFile) => file.id.toString(16).toUpperCase().padStart(4, '0');

interface FileRow {
  readonly file: ElementaryFile;
  readonly ja: string;
  readonly en: string;
  readonly mark: Mark;
}

const row = (file: ElementaryFile, ja: string, en: string, mark: Mark): FileRow => ({ file, ja, en, mark });
const sure = 'verified';
const one = 'secondary source';

const files: readonly FileRow[] = [
  row(efs.jpki.signatureCertificate, '署名用電子証明書', 'signature certificate', sure),
  row(efs.jpki.signatureCaCertificate, '署名用CA証明書', 'signature CA certificate', sure),
  row(efs.jpki.tokenInformation, 'トークン情報', 'token information', sure),
  row(efs.jpki.availability, '証明書の有無', 'certificate availability', one),
  row(efs.jpki.protectedFile, '用途不明（保護）', 'unknown, protected', one),
  row(efs.jpki.authenticationCertificate, '利用者証明用電子証明書', 'authentication certificate', sure),
  row(efs.jpki.authenticationCaCertificate, '利用者証明用CA証明書', 'authentication CA certificate', sure),
  row(efs.jpki.terminalCaKey, '端末CA鍵', 'terminal CA key', one),
  row(efs.jpki.authenticationKey, '利用者証明用秘密鍵', 'authentication key', sure),
  row(efs.jpki.authenticationPin, '利用者証明用パスワード', 'authentication PIN', sure),
  row(efs.jpki.signatureKey, '署名用秘密鍵', 'signature key', sure),
  row(efs.jpki.signaturePin, '署名用パスワード', 'signature password', sure),
  row(efs.text.myNumber, '個人番号', 'My Number', sure),
  row(efs.text.basicItems, '基本4情報', 'four basic items', sure),
  row(efs.text.integrity, '真正性情報', 'integrity record', one),
  row(efs.text.cvCertificate, 'CV証明書', 'CV certificate', one),
  row(efs.text.basicInformation, 'AP基本情報', 'AP basic information', sure),
  row(efs.text.sessionPublicKey, 'セッション鍵用公開鍵', 'session public key', one),
  row(efs.text.signedPublicKey, '署名付き公開鍵', 'signed public key', one),
  row(efs.text.unknown, '用途不明', 'unknown', one),
  row(efs.text.textPin, '券面事項入力補助用パスワード', 'text PIN', sure),
  row(efs.text.blockedReference, '常にロックされた参照', 'reference always blocked', one),
  row(efs.text.signingKey, 'カード認証鍵', 'card signing key', one),
  row(efs.text.numberA, '照合番号A', 'number A', sure),
  row(efs.text.numberB, '照合番号B', 'number B', sure),
  row(efs.visual.ageRecord, '年齢情報', 'age record', sure),
  row(efs.visual.faceRecord, '券面情報', 'face record', sure),
  row(efs.visual.basicInformation, 'AP基本情報', 'AP basic information', sure),
  row(efs.visual.cvCertificate, 'CV証明書', 'CV certificate', sure),
  row(efs.visual.myNumberImage, '個人番号の画像', 'My Number image', sure),
  row(efs.visual.unknown, '用途不明', 'unknown', one),
  row(efs.visual.birthKey, '生年月日による照合', 'birth key', sure),
  row(efs.visual.numberB, '照合番号B', 'number B', sure),
  row(efs.visual.numberA, '照合番号A', 'number A', sure),
  row(efs.common.cardInformation, 'カード情報', 'card information', one),
  row(efs.common.keyReference, '鍵参照', 'key reference', one),
  row(efs.common.authenticationKey, '内部認証鍵', 'internal authentication key', one),
  row(efs.common.pin, '暗証番号', 'PIN', one),
  row(efs.resident.keyReference, '鍵参照', 'key reference', one),
  row(efs.resident.pin, '住民基本台帳用パスワード', 'resident-register PIN', one),
];

/** Files that hold a BER template when they can be read. */
const withoutTemplate: readonly ElementaryFile[] = [
  efs.jpki.tokenInformation,
  efs.jpki.availability,
  efs.text.unknown,
  efs.visual.unknown,
];

/** What is asked of a file by its kind. */
function fileProbes({ file, ja, en, mark }: FileRow): Probe[] {
  const name = `${file.application}.${id4(file)}`;
  const about = { application: file.application, mark };
  const make = (what: string, jaWhat: string, enWhat: string, ...commands: readonly Uint8Array[]): Probe => ({
    ...about,
    id: `${name}.${what}`,
    ja: `EF ${id4(file)} ${ja}：${jaWhat}`,
    en: `EF ${id4(file)} ${en}: ${enWhat}`,
    commands: [select(file.application), ...commands],
  });
  const open = apdu.selectFile(file.id);
  const found = make('select', 'あるか', 'is it there', open);
  const read = apdu.readBinary(0, 256);
  switch (file.kind) {
    case 'data':
      return [
        found,
        {
          ...make('read', '暗証番号なしで読む', 'read without PIN', open, read),
          template: !withoutTemplate.includes(file),
        },
        make('short', '短い識別子で読む', 'read by short id', apdu.readBinaryShort(file.id, 0, 1)),
      ];
    case 'record':
      return [
        found,
        make(
          'record',
          'レコードを読む',
          'read record 1',
          hex(`00B201${((file.id << 3) | 4).toString(16).padStart(2, '0')}00`),
        ),
        make('read', 'READ BINARY', 'READ BINARY', open, read),
      ];
    case 'pin':
      return [
        found,
        make('query', '残り回数を問う', 'ask for the tries left', open, apdu.verifyQuery()),
        make('query5', '同（5バイト形式）', 'the same in 5 bytes', open, hex('0020008000')),
        make(
          'queryShort',
          '同（短い識別子）',
          'the same by short id',
          hex(`002000${sfiReference(file.id).toString(16)}`),
        ),
      ];
    case 'key':
      return [
        found,
        make('sign', '暗証番号なしで署名', 'sign without PIN', open, apdu.computeSignature(Uint8Array.of(1))),
        make('read', 'READ BINARY', 'READ BINARY', open, read),
      ];
    default:
      return [found, make('read', 'READ BINARY', 'READ BINARY', open, read)];
  }
}

const applicationNames: readonly (readonly [ApplicationName, string, string, Mark])[] = [
  ['jpki', '公的個人認証AP', 'JPKI AP', sure],
  ['text', '券面事項入力補助AP', 'Text AP', sure],
  ['visual', '券面事項確認AP', 'Visual AP', sure],
  ['common', '共通カードAP', 'Common AP', sure],
  ['resident', '住基AP', 'resident-register AP', one],
  ['issuerDomain', 'ISD（GlobalPlatform）', 'issuer security domain', one],
];

function cardProbe(
  id: string,
  ja: string,
  en: string,
  mark: Mark,
  commands: readonly Uint8Array[],
  template = false,
): Probe {
  return { id, application: 'card', ja, en, mark, commands, template };
}

const jpki = select('jpki');
/** SHA-256 DigestInfo over nothing in particular: the signature is looked at for its length only. */
const digestInfo = Buffer.concat([hex('3031300d060960864801650304020105000420'), Buffer.alloc(32, 0x4d)]);
const authenticity = Buffer.concat([
  hex('802A0000'),
  Uint8Array.of(digestInfo.length),
  digestInfo,
  Uint8Array.of(0),
]);

const general: readonly Probe[] = [
  cardProbe('select.unknown', '知らないAIDのSELECT', 'SELECT of an unknown AID', sure, [
    hex('00A4040C0AD39210003100010104FF'),
  ]),
  cardProbe('select.3F00', 'MFの選択', 'SELECT of the MF', one, [jpki, hex('00A4000C023F00')]),
  cardProbe('select.fileP1', '別のP1のSELECT', 'SELECT with another P1', sure, [jpki, hex('00A4030C020002')]),
  cardProbe('select.unknownFile', 'ないEFのSELECT', 'SELECT of an EF that is not there', sure, [
    jpki,
    hex('00A4020C027FFF'),
  ]),
  cardProbe('read.pastEnd', 'ファイルの終わりより後を読む', 'read past the end of a file', sure, [
    jpki,
    apdu.selectFile(efs.jpki.tokenInformation.id),
    apdu.readBinary(0x7000, 1),
  ]),
  cardProbe('read.acrossEnd', 'ファイルの終わりをまたいで読む', 'read across the end of a file', one, [
    jpki,
    apdu.selectFile(efs.jpki.tokenInformation.id),
    apdu.readBinary(0, 256),
  ]),
  cardProbe('challenge', 'GET CHALLENGE', 'GET CHALLENGE', one, [jpki, apdu.getChallenge(8)]),
  cardProbe('sm.select', 'セキュアメッセージングのSELECT', 'SELECT with secure messaging', one, [
    jpki,
    hex('0CA4020C020006'),
  ]),
  cardProbe('sm.read', 'セキュアメッセージングのREAD', 'READ BINARY with secure messaging', one, [
    jpki,
    hex('08B0860001'),
  ]),
  cardProbe('lastCommand', '80 FC（iPhoneだけが答える）', '80 FC, which only the iPhone answers', one, [
    jpki,
    hex('80FC0000'),
  ]),
  cardProbe('unknownIns', '知らないINS', 'unknown instruction', sure, [jpki, hex('00FF0000')]),
  cardProbe('unknownCla', '知らないCLA', 'unknown class', sure, [hex('A0A40000')]),
  ...[1, 2, 3, 4, 5, 6].map((form) =>
    cardProbe(
      `sign.P1-0${form}`,
      `署名コマンド P1=0${form}（暗証番号なし）`,
      `signature command, P1 = 0${form}, without PIN`,
      one,
      [jpki, Buffer.concat([hex(`802A0${form}9720`), Buffer.alloc(32, 0x4d), Uint8Array.of(0)])],
    ),
  ),
  cardProbe('authenticity.text', '真正性の署名（券面事項入力補助AP）', 'card authenticity, Text AP', one, [
    select('text'),
    authenticity,
  ]),
  cardProbe('authenticity.visual', '真正性の署名（券面事項確認AP）', 'card authenticity, Visual AP', one, [
    select('visual'),
    authenticity,
  ]),
  cardProbe('internalAuthenticate', '内部認証（共通カードAP）', 'INTERNAL AUTHENTICATE, Common AP', one, [
    select('common'),
    Buffer.concat([hex('0088009908'), Buffer.alloc(8, 0x4d), Uint8Array.of(0)]),
  ]),
  ...['0042', '0045', '0066', '00F0', '00F2', '00F7', '00F8', '7F21', '5F51'].map((tag) =>
    cardProbe(
      `getData.${tag}`,
      `GET DATA ${tag}（ISD）`,
      `GET DATA ${tag} in the ISD`,
      one,
      [select('issuerDomain'), hex(`00CA${tag}${tag === '00F8' || tag === '7F21' ? '000000' : '00'}`)],
      tag === '00F8' || tag === '7F21',
    ),
  ),
];

/** Every question of a comparison, in the order of the report. */
export const probes: readonly Probe[] = [
  ...applicationNames.map(([name, ja, en, mark]) => ({
    id: `${name}.application`,
    application: name,
    ja: `${ja}：あるか`,
    en: `${en}: is it there`,
    mark,
    commands: [select(name)],
  })),
  ...files.flatMap(fileProbes),
  ...general,
];
