/**
 * Old and variant forms of characters that stand in names and in what people type, each with the form of today. Names of places and families
 * are searched by both; what is shown stays as it is.
 */
const variants = new Map(
  '廣広|澤沢|國国|證証|學学|會会|縣県|區区|號号|轉転|變変|醫医|藥薬|經経|濟済|營営|發発|聲声|應応|斷断|續続|舊旧|齋斎|邊辺|邉辺|髙高|﨑崎|濱浜|龍竜|惠恵|壽寿|實実|寫写|當当|體体|氣気|來来|稅税|戶戸|產産|緣縁|效効|步歩|每毎|豐豊|櫻桜|眞真|靜静|萬万|圓円|鐵鉄|關関|澁渋|瀨瀬|條条|德徳'
    .split('|')
    .map((pair) => [pair[0] ?? '', pair[1] ?? ''] as const),
);

/** Width, case, kind of kana, old forms of characters, long-vowel marks and hyphens do not count when people search. */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/\p{Script=Han}/gu, (character) => variants.get(character) ?? character)
    .replace(/[ー―‐－~〜・-]/g, '');
}

/** What was asked, as at most eight words of at most 40 characters. */
export function askedWords(query: string): string[] {
  return folded(query.slice(0, 200))
    .split(/[\s、。,.?？!！「」()（）]+/)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, 40))
    .slice(0, 8);
}

function pairs(text: string): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at + 2 <= text.length; at += 1) found.add(text.slice(at, at + 2));
  return found;
}

/** How much of `word` stands in `text`, 0 to 1, by pairs of neighbouring characters: a slip of one key still finds. */
export function likeness(word: string, text: string): number {
  const wanted = pairs(word);
  if (wanted.size === 0) return text.includes(word) ? 1 : 0;
  const there = pairs(text);
  let shared = 0;
  for (const pair of wanted) if (there.has(pair)) shared += 1;
  return shared / wanted.size;
}
