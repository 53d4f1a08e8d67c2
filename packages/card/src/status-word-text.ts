import { type StatusWord, SW } from './status-words.js';

/** A sentence in Japanese and in English. */
export interface TwoTongues {
  readonly ja: string;
  readonly en: string;
}

const sentences: Readonly<Record<number, TwoTongues>> = {
  [SW.ok]: { ja: '正常終了', en: 'done' },
  [SW.endOfFile]: {
    ja: '要求した長さより前でファイルが終わった（ある分は返っている）',
    en: 'the file ended before the length asked for; what there is was returned',
  },
  [SW.wrongValue]: {
    ja: '照合不一致（回数の制限なし）',
    en: 'the value is wrong; this reference has no limit of tries',
  },
  [SW.memoryFailure]: { ja: 'メモリへの書込みに失敗', en: 'writing to memory failed' },
  [SW.securityEnvironment]: {
    ja: 'セキュリティ環境に必要な鍵がない',
    en: 'the security environment lacks the key this command needs',
  },
  [SW.wrongLength]: { ja: '長さ（Lc または Le）が正しくない', en: 'wrong length (Lc or Le)' },
  [SW.secureMessagingNotSupported]: {
    ja: 'このコマンドではセキュアメッセージングを使えない',
    en: 'no secure messaging with this command',
  },
  [SW.chainingNotSupported]: { ja: 'コマンドの連鎖は使えない', en: 'no command chaining' },
  [SW.wrongFileStructure]: {
    ja: 'ファイルの構造に合わないコマンド',
    en: 'the command does not fit the structure of this file',
  },
  [SW.securityStatus]: {
    ja: '権限がない（先に暗証番号の照合 VERIFY が必要）',
    en: 'not allowed yet: the PIN must be verified first',
  },
  [SW.blocked]: { ja: '暗証番号がロックされている', en: 'the PIN is blocked' },
  [SW.blockedRealCard]: { ja: '暗証番号がロックされている', en: 'the PIN is blocked' },
  [SW.conditionsOfUse]: { ja: '使用条件を満たさない', en: 'conditions of use not satisfied' },
  [SW.noCurrentFile]: { ja: 'ファイル（EF）が選択されていない', en: 'no file is selected' },
  [SW.secureMessagingObjects]: {
    ja: 'このコマンドではセキュアメッセージングを使えない',
    en: 'no secure messaging with this command',
  },
  [SW.wrongData]: { ja: 'データの値が正しくない', en: 'wrong data' },
  [SW.functionNotSupported]: { ja: 'この機能はない', en: 'function not supported' },
  [SW.notFound]: {
    ja: 'アプリケーションまたはファイルがない',
    en: 'there is no such application or file',
  },
  [SW.recordNotFound]: { ja: 'レコードがない', en: 'there is no such record' },
  [SW.wrongParameters]: { ja: 'P1-P2 の値が正しくない', en: 'wrong P1 or P2' },
  [SW.referenceNotFound]: {
    ja: '参照先のデータまたは鍵がない',
    en: 'the data or key referred to is not there',
  },
  [SW.wrongOffset]: { ja: 'オフセットがファイルの外にある', en: 'the offset lies outside the file' },
  [SW.unknownInstruction]: { ja: 'このコマンド（INS）はない', en: 'unknown instruction' },
  [SW.unknownClass]: { ja: 'このクラス（CLA）はない', en: 'unknown class' },
  [SW.noDiagnosis]: { ja: 'カード内部の異常', en: 'the card failed without a diagnosis' },
};

/** What a status word says. `asked`: it answers a VERIFY without data, so a count of tries is no failure. */
export function statusWordText(status: StatusWord, asked = false): TwoTongues {
  if (status.kind === 'wrongPin') {
    if (asked)
      return status.tries === 0
        ? { ja: 'ロックされている（残り0回）', en: 'blocked, no try left' }
        : {
            ja: `残り${status.tries}回（回数は減っていない）`,
            en: `${status.tries} tries left; none was spent`,
          };
    return status.tries === 0
      ? { ja: '照合不一致。ロックされた', en: 'wrong value; now blocked' }
      : { ja: `照合不一致。残り${status.tries}回`, en: `wrong value; ${status.tries} tries left` };
  }
  if (status.kind === 'wrongLe')
    return { ja: `Le が正しくない（正しくは${status.le}）`, en: `wrong Le; the right one is ${status.le}` };
  return sentences[status.sw] ?? { ja: '意味の知られていない状態語', en: 'a status word of unknown meaning' };
}
