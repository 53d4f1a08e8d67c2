import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutations } from '../testing/mutate.js';
import { parseXml } from './xml.js';

const ruleOf = (text: string) => {
  const result = parseXml(Buffer.from(text));
  return result.ok ? 'accepted' : result.rule;
};

test('elements, attributes, entities and namespaces are read', () => {
  const result = parseXml(
    Buffer.from(
      '<?xml version="1.0" encoding="UTF-8"?>\n<p:a xmlns:p="urn:1" x="&lt;&amp;"><b xmlns=\'urn:2\'>窓&gt;口</b><c/></p:a>\n',
    ),
  );
  assert.ok(result.ok);
  const { namespace, name, attributes, children } = result.value;
  assert.deepEqual([namespace, name, attributes.get('x')], ['urn:1', 'a', '<&']);
  assert.deepEqual(
    children.map((child) => [child.namespace, child.name, child.text]),
    [
      ['urn:2', 'b', '窓>口'],
      ['', 'c', ''],
    ],
  );
});

test('everything by which two readers could see two documents is refused by name', () => {
  const cases: [string, string][] = [
    ['<!DOCTYPE a><a/>', 'xml.dtd'],
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'xml.dtd'],
    ['<a>&x;</a>', 'xml.entity'],
    ['<a>&amp</a>', 'xml.entity'],
    ['<a>&#65;</a>', 'xml.characterReference'],
    ['<a><!-- x --></a>', 'xml.comment'],
    ['<!-- x --><a/>', 'xml.comment'],
    ['<a/><!-- x -->', 'xml.comment'],
    ['<a><![CDATA[x]]></a>', 'xml.cdata'],
    ['<a><?php x?></a>', 'xml.instruction'],
    ['<?xml version="1.0" encoding="UTF-16"?><a/>', 'xml.instruction'],
    ['\ufeff<a/>', 'xml.syntax'],
    ['<a/><a/>', 'xml.trailing'],
    ['<a></b>', 'xml.endTag'],
    ['<a><b></a></b>', 'xml.endTag'],
    ['<a', 'xml.syntax'],
    ['<a>', 'xml.unended'],
    ['<a b="1" b="2"/>', 'xml.attribute'],
    ['<a b="1"c="2"/>', 'xml.syntax'],
    ['<a b="<"/>', 'xml.syntax'],
    ['<a b=1/>', 'xml.syntax'],
    ['<p:a/>', 'xml.prefix'],
    ['<a xmlns:p="u" p:b="1"/>', 'xml.attribute'],
    ['<a xmlns:p=""/>', 'xml.attribute'],
    ['<a>\u0001</a>', 'xml.character'],
    ['<a>]]></a>', 'xml.syntax'],
    ['', 'xml.syntax'],
    [`${'<a>'.repeat(40)}`, 'xml.tooMuch'],
    [`<a>${'<b/>'.repeat(30_000)}</a>`, 'xml.tooMuch'],
  ];
  for (const [text, rule] of cases) assert.equal(ruleOf(text), rule, text.slice(0, 60));
});

test('bytes that are not UTF-8 are refused', () => {
  const result = parseXml(Buffer.from([0x3c, 0x61, 0x3e, 0xc0, 0x80]));
  assert.deepEqual(result, { ok: false, rule: 'xml.encoding', offset: 0 });
});

test('damage is answered, never thrown', () => {
  const good = Buffer.from(
    '<?xml version="1.0"?><p:a xmlns:p="urn:1" x="&lt;"><p:b y="2">text</p:b><p:c/></p:a>',
  );
  for (const damaged of mutations(good, 6000, 3)) parseXml(damaged);
});
