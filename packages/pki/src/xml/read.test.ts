import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutations } from '../testing/mutate.js';
import { parseXml, type XmlOptions } from './read.js';
import { attributeOf, childElements, onlyText, type XmlElement } from './tree.js';

const ruleOf = (text: string, options?: XmlOptions) => {
  const result = parseXml(Buffer.from(text), options);
  return result.ok ? 'accepted' : result.rule;
};

function rootOf(text: string): XmlElement {
  const result = parseXml(Buffer.from(text));
  assert.ok(result.ok, result.ok ? '' : `${result.rule} at ${result.line}:${result.column}`);
  return result.value.root;
}

test('elements, attributes, entities and namespaces are read', () => {
  const { namespace, name, attributes, children } = rootOf(
    '<?xml version="1.0" encoding="UTF-8"?>\n<p:a xmlns:p="urn:1" p:y="2" x="&lt;&amp;"><b xmlns=\'urn:2\'>窓&gt;口</b><c/></p:a>\n',
  );
  assert.deepEqual([namespace, name], ['urn:1', 'a']);
  assert.deepEqual(
    attributes.map((each) => [each.namespace, each.name, each.value]),
    [
      ['urn:1', 'y', '2'],
      ['', 'x', '<&'],
    ],
  );
  assert.deepEqual(
    children.map((child) => child.kind === 'element' && [child.namespace, child.name, onlyText(child)]),
    [
      ['urn:2', 'b', '窓>口'],
      ['', 'c', ''],
    ],
  );
});

test('Japanese names, comments, CDATA, instructions and character references are read as XML 1.0 has them', () => {
  const root = rootOf(
    '<?xml-stylesheet href="a.xsl"?><構成情報 ID="構成情報"><!-- x --><氏名>漢<![CDATA[<&]]>&#x5B57;&#13;</氏名><?pi a?></構成情報>',
  );
  assert.equal(attributeOf(root, 'ID'), '構成情報');
  assert.deepEqual(
    root.children.map(({ kind }) => kind),
    ['comment', 'element', 'instruction'],
  );
  const [name] = childElements(root);
  assert.ok(name !== undefined);
  assert.equal(onlyText(name), '漢<&字\r');
});

test('line ends and attribute values are normalised, references in them are not', () => {
  const root = rootOf('<a b="1\r\n2\t3&#10;4&#13;"\r\n>x\r\ny\rz&#13;\n</a>');
  assert.equal(attributeOf(root, 'b'), '1 2 3\n4\r');
  assert.equal(onlyText(root), 'x\ny\nz\r\n');
});

test('a text with a comment inside is no value: nobody sees half of it', () => {
  assert.equal(onlyText(rootOf('<a>admin<!-- -->istrator</a>')), undefined);
  assert.equal(onlyText(rootOf('<a>admin<b/></a>')), undefined);
});

test('what is not well-formed is refused by name', () => {
  const cases: [string, string][] = [
    ['<!DOCTYPE a><a/>', 'xml.dtd'],
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'xml.dtd'],
    ['<a><!ENTITY x "y"></a>', 'xml.dtd'],
    ['<a>&x;</a>', 'xml.entity'],
    ['<a>&amp</a>', 'xml.entity'],
    ['<a>&</a>', 'xml.entity'],
    ['<a>&#xD800;</a>', 'xml.characterReference'],
    ['<a>&#0;</a>', 'xml.characterReference'],
    ['<a>&#99999999;</a>', 'xml.characterReference'],
    ['<a b="&#1;"/>', 'xml.characterReference'],
    ['<a><!-- x -- y --></a>', 'xml.comment'],
    ['<a><!-- x ---></a>', 'xml.comment'],
    ['<a><!-- x </a>', 'xml.unended'],
    ['<a><![CDATA[x</a>', 'xml.unended'],
    ['<a><?xml version="1.0"?></a>', 'xml.instruction'],
    ['<a><?p', 'xml.unended'],
    ['<a><?p"x"?></a>', 'xml.instruction'],
    [' <?xml version="1.0"?><a/>', 'xml.instruction'],
    ['<?xml version="1.0" encoding="UTF-16"?><a/>', 'xml.encoding'],
    ['<?xml version="1.0" encoding="Shift_JIS"?><a/>', 'xml.encoding'],
    ['<?xml version="1.1"?><a/>', 'xml.version'],
    ['<?xml encoding="UTF-8"?><a/>', 'xml.declaration'],
    ['<a/><a/>', 'xml.trailing'],
    ['<a/>x', 'xml.trailing'],
    ['<a></b>', 'xml.endTag'],
    ['<a><b></a></b>', 'xml.endTag'],
    ['<p:a xmlns:p="urn:1" xmlns:q="urn:1"></q:a>', 'xml.endTag'],
    ['<a', 'xml.syntax'],
    ['<a>', 'xml.unended'],
    ['<a b="1" b="2"/>', 'xml.attribute'],
    ['<a xmlns:p="urn:1" xmlns:q="urn:1" p:b="1" q:b="2"/>', 'xml.attribute'],
    ['<a xmlns="urn:1" xmlns="urn:2"/>', 'xml.attribute'],
    ['<a b="1"c="2"/>', 'xml.syntax'],
    ['<a b="<"/>', 'xml.syntax'],
    ['<a b=1/>', 'xml.syntax'],
    ['<p:a/>', 'xml.prefix'],
    ['<a p:b="1"/>', 'xml.prefix'],
    ['<a><b xmlns:p="urn:1"/><p:c/></a>', 'xml.prefix'],
    ['<a xmlns:p=""/>', 'xml.namespace'],
    ['<a xmlns:xmlns="urn:1"/>', 'xml.namespace'],
    ['<a xmlns:xml="urn:1"/>', 'xml.namespace'],
    ['<a xmlns="http://www.w3.org/XML/1998/namespace"/>', 'xml.namespace'],
    ['<a xmlns:p="relative"/>', 'xml.namespace.relative'],
    ['<a>\u0001</a>', 'xml.character'],
    ['<a>\ufffe</a>', 'xml.character'],
    ['<a>]]></a>', 'xml.syntax'],
    ['<1a/>', 'xml.syntax'],
    ['<a:b:c xmlns:a="urn:1"/>', 'xml.syntax'],
    ['', 'xml.syntax'],
    ['a', 'xml.syntax'],
  ];
  for (const [text, rule] of cases) assert.equal(ruleOf(text), rule, text.slice(0, 60));
});

test('plain reading refuses whatever two readers might see differently', () => {
  const cases: [string, string][] = [
    ['<a>&#65;</a>', 'xml.characterReference'],
    ['<a><!-- x --></a>', 'xml.comment'],
    ['<!-- x --><a/>', 'xml.comment'],
    ['<a/><!-- x -->', 'xml.comment'],
    ['<a><![CDATA[x]]></a>', 'xml.cdata'],
    ['<a><?php x?></a>', 'xml.instruction'],
    ['\ufeff<a/>', 'xml.syntax'],
    ['<a xmlns:p="urn:1" p:b="1"/>', 'xml.attribute'],
    ['<a b="1\n2"/>', 'xml.syntax'],
  ];
  for (const [text, rule] of cases) {
    assert.equal(ruleOf(text, { plain: true }), rule, text);
    assert.equal(ruleOf(text), 'accepted', text);
  }
});

test('a fault is told by byte, line and column', () => {
  assert.deepEqual(parseXml(Buffer.from('<窓口>\r\n  <a>口\n&gt;&nbsp;</a></窓口>')), {
    ok: false,
    rule: 'xml.entity',
    offset: 23,
    line: 3,
    column: 5,
  });
  assert.deepEqual(parseXml(Buffer.from('<a>\n</b>')), {
    ok: false,
    rule: 'xml.endTag',
    offset: 4,
    line: 2,
    column: 1,
  });
});

test('bytes that are not UTF-8 are refused', () => {
  for (const bytes of [
    [0x3c, 0x61, 0x3e, 0xc0, 0x80],
    [0xff, 0xfe, 0x3c, 0, 0x61, 0, 0x2f, 0, 0x3e, 0],
    [0x3c, 0x61, 0x3e, 0x91, 0x8b, 0x8c],
  ]) {
    const result = parseXml(Buffer.from(bytes));
    assert.deepEqual(result, { ok: false, rule: 'xml.encoding', offset: 0, line: 1, column: 1 });
  }
});

test('depth, nodes, attributes and size have limits', () => {
  const limits = { bytes: 4096, depth: 5, nodes: 50, references: 20, attributes: 4 };
  const cases = [
    '<a>'.repeat(6),
    `<a>${'<b/>'.repeat(60)}</a>`,
    `<a>${'x<!---->'.repeat(30)}</a>`,
    '<a b="" c="" d="" e="" f=""/>',
    `<a>${'&lt;'.repeat(21)}</a>`,
    ' '.repeat(5000),
  ];
  for (const text of cases) assert.equal(ruleOf(text, { limits }), 'xml.tooMuch', text.slice(0, 20));
  assert.equal(ruleOf('<a>'.repeat(1_000_000)), 'xml.tooMuch');
});

test('time is linear in the input: ten times the input costs no hundred times the time', () => {
  const shapes: ((n: number) => string)[] = [
    (n) => `<a>${'<b xmlns:p="urn:1" p:c="1">x</b>'.repeat(n)}</a>`,
    (n) => `<a>${'&amp;'.repeat(20 * n)}`,
    (n) => `<a>${']'.repeat(50 * n)}</a>`,
    (n) => `<a ${'\n'.repeat(50 * n)}`,
    (n) => `<a>${'<![CDATA[x]]>y'.repeat(5 * n)}</a>`,
    (n) => `<a b="${'\r\n&#10;'.repeat(10 * n)}"/>`,
    (n) => `<${'a'.repeat(50 * n)}`,
    (n) => `<!--${'- '.repeat(30 * n)}`,
    (n) => `<a>${'&'.repeat(50 * n)}</a>`,
    (n) => `<a>${'\r\n\r'.repeat(50 * n)}</a>`,
    (n) => `<a>${'\n'.repeat(50 * n)}&x;</a>`,
    (n) => `<?xml version="1.0" ${' '.repeat(50 * n)}`,
  ];
  const limits = { bytes: 16 << 20, depth: 100, nodes: 1_000_000, references: 1_000_000, attributes: 256 };
  const cost = (bytes: Uint8Array): number => {
    const start = process.cpuUsage();
    parseXml(bytes, { limits });
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
  for (const shape of shapes) {
    const [small, large] = [Buffer.from(shape(3000)), Buffer.from(shape(30_000))];
    const least = Math.min(cost(small), cost(small), cost(small));
    const most = Math.min(cost(large), cost(large));
    assert.ok(most < 100 * Math.max(least, 1000), `${shape(1)}: ${least} µs, then ${most} µs`);
  }
});

test('damage is answered, never thrown', () => {
  const good = Buffer.from(
    '<?xml version="1.0"?><p:a xmlns:p="urn:1" x="&lt;"><p:b p:y="2">te&#x74;xt</p:b><!-- c --><p:c/><![CDATA[x]]><?q r?></p:a>',
  );
  for (const damaged of mutations(good, 6000, 3)) {
    parseXml(damaged);
    parseXml(damaged, { plain: true });
  }
});
