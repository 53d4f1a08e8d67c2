/**
 * How the words of plain Japanese pages are read. `漢字 よみ`; `送:らりる おく` only before one of these kana; `#回 かい` only after a digit
 * (`#12` only after one of these digits). Words with two readings that the place does not decide stay out: no furigana is better than a wrong one.
 */
const list = `
一覧 いちらん|一部 いちぶ|一度 いちど|一時停止 いちじていし|一致 いっち|上 うえ|下 した|不具合 ふぐあい|不明 ふめい|不一致 ふいっち|世帯 せたい|世帯主 せたいぬし|全員 ぜんいん
中 なか|丁目 ちょうめ|主 おも|予定 よてい|予定日 よていび|交付 こうふ|今 いま|今日 きょう|以上 いじょう|以内 いない|以下 いか|仮想 かそう|件 けん|件数 けんすう|任意 にんい|位置 いち|位置図 いちず
住:ま す|住所 じゅうしょ|住民 じゅうみん|住民票 じゅうみんひょう|住民登録 じゅうみんとうろく|何通 なんつう|何回 なんかい|何度 なんど|作:っらりるれ つく|使:いうえおっわ つか|例 れい|例外 れいがい|個人 こじん|個人番号 こじんばんごう|個人情報 こじんじょうほう
保管 ほかん|保存 ほぞん|側 がわ|元 もと|先 さき|入:っりるら はい|入:れ い|入力 にゅうりょく|全部 ぜんぶ|公的個人認証 こうてきこじんにんしょう|公開 こうかい|公開鍵 こうかいかぎ|公印 こういん|共同 きょうどう|共同受付 きょうどううけつけ|内容 ないよう|内部 ないぶ|再設定 さいせってい|再発行 さいはっこう
写:しす うつ|写真 しゃしん|処理 しょり|出:たてなまらるれ で|出:さしすせそ だ|出典 しゅってん|分 ぶん|切:っりるれら き|初期 しょき|別 べつ|利用者証明用 りようしゃしょうめいよう|利用者 りようしゃ|利用 りよう|到達 とうたつ|到達番号 とうたつばんごう|到達日時 とうたつにちじ
削除 さくじょ|前 まえ|動:いかきく うご|勤:め つと|区別 くべつ|占用 せんよう|占用料 せんようりょう|印刷 いんさつ|却下 きゃっか|原因 げんいん|原本 げんぽん|参照 さんしょう|友人 ゆうじん|反映 はんえい|取:っらりるれ と|取下:げ とりさ|受:け う|受付 うけつけ|受付番号 うけつけばんごう|受信 じゅしん|受理 じゅり|口 くち|古:いく ふる|同:じ おな|同意 どうい|名前 なまえ|名義人 めいぎにん
向:きく む|含:ままみむめ ふく|問:いう と|問合:せ といあわ|問題 もんだい|回答 かいとう|国 くに|国籍 こくせき|地図 ちず|場合 ばあい|場所 ばしょ|売:っりる う|変:えわ か|変更 へんこう|外 そと|外部 がいぶ|多:いく おお|大:き おお|大切 たいせつ|大文字 おおもじ|小:さ ちい|小文字 こもじ|少:し すこ|失効 しっこう|失効情報 しっこうじょうほう|失敗 しっぱい
奥 おく|始:まめ はじ|安全 あんぜん|安心 あんしん|完了 かんりょう|完全 かんぜん|宛先 あてさき|実行 じっこう|実際 じっさい|家 いえ|家族 かぞく|家電量販店 かでんりょうはんてん|対応 たいおう|対象 たいしょう|審査 しんさ|審査中 しんさちゅう|審査待:ち しんさま|届:いきくけ とど|届出 とどけで|届書 とどけしょ|差:しす さ
市区町村 しくちょうそん|市役所 しやくしょ|市民課 しみんか|希望 きぼう|年月日 ねんがっぴ|平日 へいじつ|平面図 へいめんず|廃止 はいし|廃棄 はいき|引:いきくっ ひ|役所 やくしょ|待:たちつっ ま|復旧 ふっきゅう|必要 ひつよう|必須 ひっす|忘:れ わす|思:いうわ おも|性別 せいべつ|情報 じょうほう|戻:さしすせっらりるれ もど|所 ところ|手:も て
手元 てもと|手数料 てすうりょう|手続 てつづき|手順 てじゅん|打:ちつっ う|技術 ぎじゅつ|担当 たんとう|担当者 たんとうしゃ|押:さしす お|拡張機能 かくちょうきのう|持:ちつっ も|指定 してい|指示 しじ|挿入 そうにゅう|探:さしす さが|接続 せつぞく|接触型 せっしょくがた|非接触型 ひせっしょくがた|提出 ていしゅつ|提出先 ていしゅつさき|操作 そうさ|支払:いうっ しはら
改 あらた|数 かず|数字 すうじ|文字 もじ|文字数 もじすう|料金 りょうきん|新:し あたら|方 かた|方法 ほうほう|日付 ひづけ|日数 にっすう|日時 にちじ|日本語 にほんご|日本標準時 にほんひょうじゅんじ|昭和 しょうわ|平成 へいせい|令和 れいわ|時間 じかん|時刻 じこく|時点 じてん|普通 ふつう|暗号 あんごう|暗号化 あんごうか|更新 こうしん
書:いかきくけ か|書類 しょるい|最初 さいしょ|最後 さいご|替:え か|有効 ゆうこう|有効性 ゆうこうせい|有効期間 ゆうこうきかん|有効期限 ゆうこうきげん|期限 きげん|期限切:れ きげんぎ|期間 きかん|本人 ほんにん|本人確認 ほんにんかくにん|本文 ほんぶん|本物 ほんもの|本籍 ほんせき|案内 あんない|検索 けんさく|検証 けんしょう|業務 ぎょうむ|様式 ようしき|権限 けんげん|機関 きかん|次 つぎ
止:まめ と|正:しす ただ|正当 せいとう|毎日 まいにち|氏名 しめい|求:め もと|決:めま き|法律 ほうりつ|法令 ほうれい|消:さしす け|混:まみむ こ|添:え そ|添付 てんぷ|添付書類 てんぷしょるい|渡:さしす わた|済:まみむ す|準備 じゅんび|準備中 じゅんびちゅう|漏:れ も|無料 むりょう|無効 むこう|照合 しょうごう|照合番号 しょうごうばんごう|特定 とくてい|状態 じょうたい|状況 じょうきょう
現在 げんざい|理由 りゆう|生年月日 せいねんがっぴ|用意 ようい|申:しす もう|申請 しんせい|申請先 しんせいさき|申請書 しんせいしょ|申請者 しんせいしゃ|男 おとこ|女 おんな|画面 がめん|番号 ばんごう|番地 ばんち|番地先 ばんちさき|発行 はっこう|発行日 はっこうび|発行者 はっこうしゃ|発行記録 はっこうきろく|発送 はっそう|登録 とうろく|相談 そうだん|相手 あいて|直:さしすっるりらせ なお|直接 ちょくせつ
省略 しょうりゃく|看板 かんばん|真:ん ま|知:らりるっれ し|短:いく みじか|確:か たし|確認 かくにん|確認中 かくにんちゅう|示:さしすせ しめ|社会 しゃかい|秘密 ひみつ|秘密鍵 ひみつかぎ|移:さしすっらりるれ うつ|種類 しゅるい|税 ぜい|窓口 まどぐち|端末 たんまつ|第三者 だいさんしゃ|答:え こた|箱 はこ|範囲 はんい|紙 かみ|紛失 ふんしつ|累計 るいけい|終:えわ お|終了 しゅうりょう|結果 けっか|統計 とうけい|経過 けいか|続:いきくけ つづ|続柄 つづきがら|総合 そうごう|置:いかきく お
署名 しょめい|署名用 しょめいよう|署名検証 しょめいけんしょう|署名用電子証明書 しょめいようでんししょうめいしょ|利用者証明用電子証明書 りようしゃしょうめいようでんししょうめいしょ|電子署名 でんししょめい|電子証明書 でんししょうめいしょ|職員 しょくいん|良:いくか よ|英字 えいじ|英数字 えいすうじ|行:か い|行:わ おこな|行政 ぎょうせい|行政機関 ぎょうせいきかん|補正 ほせい|補正中 ほせいちゅう|表示 ひょうじ|製品 せいひん|要 い|要確認 ようかくにん
見:えかさせたつてなまよらるれわ み|見本 みほん|見本市 みほんし|見本県 みほんけん|規格 きかく|解除 かいじょ|言葉 ことば|計算 けいさん|許可 きょか|設定 せってい|訂正 ていせい|証明 しょうめい|証明書 しょうめいしょ|証跡 しょうせき|認証 にんしょう|認証局 にんしょうきょく|誕生日 たんじょうび|誤:りっ あやま|説明 せつめい|読:まみむめん よ|課 か|警察署 けいさつしょ|負担 ふたん|貸 か|買:いうっわ か|質問 しつもん|赤 あか|起動 きどう|越:ええし こ
転出 てんしゅつ|転入 てんにゅう|転居 てんきょ|載:せっ の|送:っらりるれろ おく|送信 そうしん|送付 そうふ|途中 とちゅう|通信 つうしん|通知 つうち|通数 つうすう|連絡 れんらく|連絡先 れんらくさき|進:まみむめん すす|運転 うんてん|道路 どうろ|道路占用許可申請 どうろせんようきょかしんせい|道路使用許可 どうろしようきょか|道路管理課 どうろかんりか|違:いうっわ ちが|選:ばびぶべん えら|選択 せんたく|遅:いくれ おく
部分 ぶぶん|郵便 ゆうびん|郵便番号 ゆうびんばんごう|郵送 ゆうそう|都道府県 とどうふけん|重要 じゅうよう|金色 きんいろ|金額 きんがく|鍵 かぎ|長:いく なが|閉:じ と|開:いかきくこ ひら|開:け あ|開始 かいし|関係 かんけい|電子 でんし|電話 でんわ|電話番号 でんわばんごう|青 あお|項目 こうもく|順番 じゅんばん|頼:りる たよ|顔写真 かおじゃしん|食 しょく|高齢者 こうれいしゃ
#円 えん|#件 けん|#回 かい|#回目 かいめ|#年 ねん|#月 がつ|#時 じ|#時間 じかん|#文字 もじ|#行 ぎょう|#通 つう|#番 ばん|#手順 てじゅん|#2579分 ふん|#134680分 ぷん|#枚 まい|#歳 さい
付:けい つ|分:けか わ|代:わ か|何:をがか なに|場:で ば|合:わうっ あ|出:と で|試:さしすせ ため|払:いうっ はら|守:りるっ まも|伝:え つた|集:まめ あつ|比:べ くら|加:え くわ|残:っりる のこ|離:れ はな|触:れっ ふ|起:きこ お|考:え かんが|教:え おし|調:べ しら|呼:びぶん よ|守秘 しゅひ|見分:け みわ`;

interface Reading {
  reading: string;
  /** Digits of which one must stand before; undefined: no digit may stand before a single character. */
  digits: string | undefined;
  /** Kana of which one must follow. */
  next: string | undefined;
}

const readings = new Map<string, Reading[]>();
let longest = 0;
for (const entry of list.trim().split(/[|\n]/)) {
  const [, hash, digits = '', word = '', next, reading = ''] =
    /^(#(\d*))?(\p{Script=Han}+)(?::(\p{Script=Hiragana}+))? (\p{Script=Hiragana}+)$/u.exec(entry) ?? [];
  const known = readings.get(word) ?? [];
  known.push({ reading, digits: hash === undefined ? undefined : digits || '0123456789', next });
  readings.set(word, known);
  longest = Math.max(longest, word.length);
}

function readingOf(word: string, before: string, after: string): string | undefined {
  const digit = /[0-9０-９]/.test(before) ? before.normalize('NFKC') : undefined;
  return readings.get(word)?.find(({ digits, next }) => {
    if (digits !== undefined) return digit !== undefined && digits.includes(digit);
    if (digit !== undefined && word.length === 1) return false;
    return next === undefined || (after !== '' && next.includes(after));
  })?.reading;
}

/** A run of kanji as words that are all known, the longest first; undefined when any part is not. A single character never stands inside. */
function splitRun(
  run: string,
  before: string,
  after: string,
): { text: string; reading: string }[] | undefined {
  for (let length = Math.min(run.length, longest); length > 0; length -= 1) {
    const rest = run.slice(length);
    if (length === 1 && rest !== '') break;
    const word = run.slice(0, length);
    const reading = readingOf(word, before, rest[0] ?? after);
    if (reading === undefined) continue;
    if (rest === '') return [{ text: word, reading }];
    const others = rest.length === 1 ? undefined : splitRun(rest, word.slice(-1), after);
    if (others !== undefined) return [{ text: word, reading }, ...others];
  }
  return undefined;
}

/** Cuts text of the catalogue so that every word with a known reading carries it; everything else stays plain. */
export function withReadings(text: string): { text: string; reading?: string }[] {
  const found: { text: string; reading?: string }[] = [];
  let position = 0;
  for (const match of text.matchAll(/[\p{Script=Han}々]+/gu)) {
    const end = match.index + match[0].length;
    const before = text.slice(0, match.index).replace(/ +$/, '').slice(-1);
    const words = splitRun(match[0], before, text[end] ?? '');
    if (words === undefined) continue;
    if (match.index > position) found.push({ text: text.slice(position, match.index) });
    found.push(...words);
    position = end;
  }
  if (position < text.length) found.push({ text: text.slice(position) });
  return found;
}
