// Names of XML 1.0, fifth edition, productions 4 and 4a without the colon (Namespaces in XML, NCName): Japanese element names among them.
const nameStart =
  'A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const nameCharacter = `${nameStart}\\-.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040`;

/** A name without a colon, at the reader's place. */
export const ncName: RegExp = new RegExp(`[${nameStart}][${nameCharacter}]*`, 'uy');

/** What is no character of XML 1.0 (production 2), a lone surrogate among them. */
export const notXml: RegExp = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
