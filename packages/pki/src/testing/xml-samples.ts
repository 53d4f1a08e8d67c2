import { seeded } from './mutate.js';

/** Documents by hand, each for something that canonicalisation is known to be got wrong with. */
export const xmlSamples: readonly string[] = [
  '<a/>',
  '<?xml version="1.0"?>\n\n<?xml-stylesheet   href="doc.xsl"\n   type="text/xsl"   ?>\n\n<doc>Hello, world!<!-- Comment 1 --></doc>\n\n<?pi-without-data     ?>\n\n<!-- Comment 2 -->\n\n<!-- Comment 3 -->\n',
  '<doc>\n   <clean>   </clean>\n   <dirty>   A   B   </dirty>\n   <mixed>\n      A\n      <clean>   </clean>\n      B\n   </mixed>\n</doc>',
  '<doc><e1   /><e2   ></e2><e3   name = "elem3"   id="elem3"   /><e5 a:attr="out" b:attr="sorted" attr2="all" attr="I\'m"\n xmlns:b="http://www.ietf.org" xmlns:a="http://www.w3.org" xmlns="http://example.org"/><e6 xmlns="" xmlns:a="http://www.w3.org"><e7 xmlns="http://www.ietf.org"><e8 xmlns="" xmlns:a="http://www.w3.org"><e9 xmlns="" xmlns:a="http://www.ietf.org"/></e8></e7></e6></doc>',
  '<doc><text>First line&#x0d;&#10;Second line</text><value>&#x32;</value><compute><![CDATA[value>"0" && value<"10" ?"valid":"error"]]></compute><compute expr=\'value>"0" &amp;&amp; value&lt;"10" ?"valid":"error"\'>valid</compute><norm attr=\' &apos;   &#x20;&#13;&#xa;&#9;   &apos; \'/></doc>',
  '<doc>&#169;&#x1F600;𠮷野家</doc>',
  '<a xml:lang="ja" xml:space="preserve" xml:base="http://example.jp/x/"><b xml:lang="en"/><c xmlns:z="urn:z" z:b="1" xml:id="i" a="2"/></a>',
  '<p:a xmlns:p="urn:1"><p:a xmlns:p="urn:2"><q:b xmlns:q="urn:2" p:c="" q:d=""/><p:a xmlns:p="urn:1"/></p:a></p:a>',
  '<a xmlns="urn:1"><b xmlns=""><c xmlns="urn:1"/><d/></b><e xmlns="urn:1"/></a>',
  '<a xmlns:𠮷="urn:z" xmlns:ｱ="urn:y" 𠮷:z="1" ｱ:z="2" 𠮷="3" ｱ="4"/>',
  '<DataRoot>\n\t<様式ID>9</様式ID>\r\n\t<構成情報 ID="構成情報">\n\t\t<氏名>漢　字</氏名>\r\n\t</構成情報>\n</DataRoot>\n',
  '\ufeff<a>&lt;&gt;&amp;&quot;&apos;"\'></a>',
  '<a b="&quot;&lt;>&amp;\'"><?p q?><?p?><!--\n--></a>',
  '<x:a xmlns:x="urn:x" xmlns:unused="urn:u"><b><x:c xmlns:y="urn:y" y:d="1"/></b></x:a>',
];

/** A well-formed document of elements, attributes, namespaces and text in every mixture; the same for the same seed. */
export function randomXml(seed: number): string {
  const random = seeded(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const pick = <T>(of: readonly T[]): T => of[below(of.length)] as T;
  const prefixes = ['p', 'q', 'r', '窓'];
  const text = () =>
    pick(['', 'x', ' ', '\n\t', '&amp;&lt;', '&#13;\r\n', '漢字', '<![CDATA[<&]]>', '>', '&#x1F600;', '"\'']);
  const value = () => pick(['', '1', ' a\tb ', '&quot;&#10;&#9;', '窓\r\n口', '&lt;>', "'", '&#13;']);
  const element = (depth: number, bound: readonly string[]): string => {
    const names = [...bound];
    const attributes = new Map<string, string>();
    for (let n = below(3); n > 0; n--) {
      const prefix = pick(prefixes);
      attributes.set(`xmlns:${prefix}`, pick(['urn:1', 'urn:2', 'http://example.jp/3']));
      if (!names.includes(prefix)) names.push(prefix);
    }
    if (below(4) === 0) attributes.set('xmlns', pick(['', 'urn:1', 'urn:d']));
    for (let n = below(4); n > 0; n--)
      attributes.set(pick(['a', 'b', 'Z', '属性', 'é', 'xml:lang']), value());
    // One prefixed attribute at most: two prefixes may stand for the same namespace.
    if (names.length > 0 && below(2) === 0) attributes.set(`${pick(names)}:a`, value());
    const tag = names.length > 0 && below(2) === 0 ? `${pick(names)}:e` : pick(['e', 'f', '要素']);
    const open = [tag, ...[...attributes].map(([name, each]) => `${name}="${each}"`)].join(pick([' ', '\n']));
    if (depth > 4 || (depth > 0 && below(5) === 0)) return `<${open}/>`;
    const children = Array.from({ length: below(depth === 0 ? 8 : 5) }, () =>
      pick([
        text,
        text,
        () => element(depth + 1, names),
        () => element(depth + 1, names),
        () => '<!-- c -->',
        () => '<?p  d ?>',
      ])(),
    );
    return `<${open}>${children.join('')}</${tag}>`;
  };
  const around = () => pick(['', '', '\n', '<!-- c -->', '<?p d?>\n', '\n<!-- c --> <?p?>']);
  return around() + element(0, []) + around();
}
