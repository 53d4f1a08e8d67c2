// Our own table of character forms. Each row names where it comes from:
//   joyo   常用漢字表 (Cabinet notice No. 2 of 2010): the older form printed in brackets beside the character
//   unihan Unicode Han Database, Unihan_Variants.txt (kSemanticVariant, kZVariant, kSpoofing), Unicode licence
//   hand   kept by hand: forms common in family registers; the note says which
// A row here makes two names `near`, never `match`: a person looks.

export type Provenance = 'joyo' | 'unihan' | 'hand';

/** [the forms, where from, note] */
export const variantRows: readonly (readonly [string, Provenance, string?])[] = [
  ['高髙', 'unihan', 'kIBMJapan'],
  ['崎﨑', 'unihan', 'kIBMJapan'],
  ['崎嵜', 'unihan', 'kSemanticVariant'],
  ['崎埼碕', 'hand', '崎 with another radical, one word in names'],
  ['吉𠮷', 'unihan', 'kSpoofing'],
  ['辺邊', 'joyo'],
  ['邊邉', 'hand', '渡邉 and 渡邊'],
  ['斎齋', 'joyo'],
  ['斉齊', 'joyo'],
  ['斎斉', 'hand', 'two characters that 斎藤 and 斉藤 often exchange'],
  ['浜濱', 'joyo'],
  ['濱濵', 'unihan', 'kSemanticVariant'],
  ['桑桒', 'hand', 'form in 桒原'],
  ['柳栁', 'unihan', 'kIBMJapan'],
  ['徳德', 'unihan', 'kJinmeiyoKanji'],
  ['黒黑', 'unihan', 'kIBMJapan'],
  ['喜㐂', 'unihan', 'kSemanticVariant'],
  ['叱𠮟', 'unihan', 'kSpoofing'],
  ['島嶋嶌', 'unihan', 'kSemanticVariant'],
  ['橋槗𣘺', 'hand', 'form in 髙槗'],
  ['鴎鷗', 'unihan', 'kSemanticVariant'],
  ['槙槇', 'unihan', 'kZVariant'],
  ['凛凜', 'unihan', 'kZVariant'],
  ['園薗', 'unihan', 'kSemanticVariant'],
  ['昇曻', 'hand', 'form in given names'],
  ['富冨', 'unihan', 'kSemanticVariant'],
  ['峰峯', 'unihan', 'kSemanticVariant'],
  ['蘇蘓', 'unihan', 'kZVariant'],
  ['船舩', 'unihan', 'kSemanticVariant'],
  ['館舘', 'unihan', 'kSemanticVariant'],
  ['涌湧', 'unihan', 'kSemanticVariant'],
  ['梅楳', 'unihan', 'kSemanticVariant'],
  ['遥遙', 'unihan', 'kZVariant'],
  ['尭堯', 'unihan', 'kZVariant'],
  ['桧檜', 'unihan', 'kZVariant'],
  ['祢禰', 'unihan', 'kZVariant'],
  ['諌諫', 'unihan', 'kZVariant'],
  ['淵渕渊', 'unihan', 'kSemanticVariant'],
  ['籠篭', 'unihan', 'kSemanticVariant'],
  ['竃竈', 'unihan', 'kSemanticVariant'],
  ['蕊蘂', 'unihan', 'kSemanticVariant'],
  ['淋痳', 'unihan', 'kSemanticVariant'],
  ['兔兎', 'unihan', 'kZVariant'],
  ['裏裡', 'unihan', 'kSemanticVariant'],
  ['曽曾', 'joyo'],
  ['塚\uFA10', 'joyo'],
  ['角⻆', 'hand', 'form in 角田'],
  ...pairs(
    'joyo',
    `亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹 隠隱 栄榮 営營 衛衞 駅驛 円圓 塩鹽 縁緣 応應 欧歐 殴毆 桜櫻 奥奧 横橫 温溫 穏穩 仮假
     価價 画畫 会會 壊壞 懐懷 絵繪 拡擴 殻殼 覚覺 学學 岳嶽 楽樂 缶罐 巻卷 陥陷 勧勸 寛寬 関關 歓歡 観觀 気氣 帰歸 偽僞 戯戲 犠犧
     旧舊 拠據 挙擧 峡峽 挟挾 狭狹 郷鄕 暁曉 区區 駆驅 勲勳 薫薰 径徑 茎莖 恵惠 渓溪 経經 蛍螢 軽輕 継繼 鶏鷄 芸藝 撃擊 欠缺 研硏
     県縣 倹儉 剣劍 険險 圏圈 検檢 献獻 権權 顕顯 験驗 厳嚴 広廣 効效 恒恆 黄黃 鉱鑛 号號 国國 済濟 砕碎 剤劑 雑雜 参參 桟棧 蚕蠶
     惨慘 賛贊 残殘 糸絲 歯齒 児兒 辞辭 湿濕 実實 写寫 釈釋 寿壽 収收 従從 渋澁 獣獸 縦縱 粛肅 処處 叙敍 将將 称稱 焼燒 証證 奨奬
     条條 状狀 乗乘 浄淨 剰剩 畳疊 縄繩 壌壤 嬢孃 譲讓 醸釀 触觸 嘱囑 真眞 寝寢 慎愼 尽盡 図圖 粋粹 酔醉 穂穗 随隨 髄髓 枢樞 数數
     瀬瀨 声聲 静靜 窃竊 摂攝 専專 浅淺 戦戰 践踐 銭錢 潜潛 繊纖 禅禪 双雙 壮壯 争爭 荘莊 捜搜 挿插 巣巢 痩瘦 装裝 総總 騒騷 蔵藏
     臓臟 即卽 属屬 続續 堕墮 対對 体體 帯帶 滞滯 台臺 滝瀧 択擇 沢澤 担擔 単單 胆膽 団團 断斷 弾彈 遅遲 痴癡 虫蟲 昼晝 鋳鑄 庁廳
     徴徵 聴聽 勅敕 逓遞 鉄鐵 点點 転轉 伝傳 灯燈 当當 党黨 盗盜 稲稻 闘鬭 独獨 読讀 届屆 弐貳 悩惱 脳腦 覇霸 拝拜 廃廢 売賣 麦麥
     発發 髪髮 抜拔 蛮蠻 秘祕 払拂 仏佛 併倂 並竝 餅餠 変變 歩步 宝寶 豊豐 褒襃 翻飜 毎每 万萬 満滿 麺麵 黙默 弥彌 訳譯 薬藥 与與
     予豫 余餘 誉譽 揺搖 様樣 謡謠 来來 頼賴 乱亂 覧覽 竜龍 両兩 猟獵 緑綠 涙淚 塁壘 礼禮 励勵 霊靈 齢齡 暦曆 歴歷 恋戀 炉爐 労勞
     楼樓 録錄 湾灣 桟棧 壱壹`,
  ),
];

/** Written one way or the other between two kanji; elsewhere these are different letters (ケン is not ガン). */
export const betweenKanjiRows: readonly (readonly [string, Provenance, string?])[] = [
  ['ヶケがガ箇', 'hand', '三ヶ島, 霞が関'],
  ['ッツっつ', 'hand', '四ッ谷, 四つ谷'],
  ['ノの之乃', 'hand', '一ノ瀬, 一之瀬'],
];

function pairs(from: Provenance, list: string): (readonly [string, Provenance])[] {
  return list
    .trim()
    .split(/\s+/)
    .map((forms) => [forms, from] as const);
}

/**
 * What a certificate shows for a character it cannot show: [character, substitutes, where from]. The official table
 * (代替文字) is not published; these are the usual ones.
 */
export const substituteRows: readonly (readonly [string, readonly string[], Provenance, string?])[] = [
  ['髙', ['高'], 'unihan', 'kIBMJapan'],
  ['﨑', ['崎'], 'unihan', 'kIBMJapan'],
  ['𠮷', ['吉'], 'unihan', 'kSpoofing'],
  ['德', ['徳'], 'unihan', 'kJinmeiyoKanji'],
  ['黑', ['黒'], 'unihan', 'kIBMJapan'],
  ['栁', ['柳'], 'unihan', 'kIBMJapan'],
  ['㐂', ['喜'], 'unihan', 'kSemanticVariant'],
  ['𠮟', ['叱'], 'unihan', 'kSpoofing'],
  ['𣘺', ['橋'], 'hand', 'form in 髙橋'],
  ['⻆', ['角'], 'hand', 'form in 角田'],
  ['瀨', ['瀬'], 'joyo'],
  ['緣', ['縁'], 'joyo'],
  ['橫', ['横'], 'joyo'],
  ['溫', ['温'], 'joyo'],
  ['寬', ['寛'], 'joyo'],
  ['鄕', ['郷'], 'joyo'],
  ['硏', ['研'], 'joyo'],
  ['黃', ['黄'], 'joyo'],
  ['每', ['毎'], 'joyo'],
  ['錄', ['録'], 'joyo'],
  ['歷', ['歴'], 'joyo'],
  ['淚', ['涙'], 'joyo'],
  ['步', ['歩'], 'joyo'],
];
