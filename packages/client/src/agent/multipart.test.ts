import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { multipart } from '../testing/browser.js';
import { multipartBoundary, parseMultipart } from './multipart.js';

describe('a form handed over by a page', () => {
  it('is read as a browser writes it: fields, files, odd names and empty ones', () => {
    const files = [
      { name: '委任状 %22x%22.pdf', bytes: Buffer.from([0, 13, 10, 45, 45, 255]), type: 'application/pdf' },
      { name: '', bytes: Buffer.alloc(0) },
    ];
    const { body, contentType } = multipart({ request: 'a.b.c', definition: '', lang: 'ja' }, files);
    const boundary = multipartBoundary(contentType);
    assert.ok(boundary);
    const parsed = parseMultipart(body, boundary);
    assert.ok(parsed.ok);
    const [request, definition, , file, empty] = parsed.value;
    assert.equal(Buffer.from(request?.bytes ?? []).toString(), 'a.b.c');
    assert.equal(definition?.bytes.length, 0);
    assert.equal(file?.filename, '委任状 "x".pdf');
    assert.equal(file?.type, 'application/pdf');
    assert.deepEqual(Buffer.from(file?.bytes ?? []), files[0]?.bytes);
    assert.deepEqual([empty?.filename, empty?.bytes.length], ['', 0]);
  });

  it('takes its boundary from the content type, quoted or not, and from no other type', () => {
    assert.equal(multipartBoundary('multipart/form-data; boundary=abc'), 'abc');
    assert.equal(multipartBoundary('Multipart/Form-Data; boundary="a b"'), 'a b');
    for (const type of [undefined, '', 'text/plain', 'multipart/mixed; boundary=a', 'multipart/form-data'])
      assert.equal(multipartBoundary(type), undefined);
    assert.equal(multipartBoundary(`multipart/form-data; boundary=${'x'.repeat(71)}`), undefined);
  });

  it('is refused by name when it breaks off, has no name, or too much of anything', () => {
    const rule = (text: string, limits?: Parameters<typeof parseMultipart>[2]) => {
      const parsed = parseMultipart(Buffer.from(text), 'b', limits);
      return parsed.ok ? 'ok' : parsed.rule;
    };
    const part = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n';
    assert.equal(rule(`${part}--b--`), 'ok');
    assert.equal(rule(`${part}--b--\r\n`), 'ok');
    assert.equal(rule(`${part}--b--\r\nmore`), 'multipart.after-end');
    assert.equal(rule(part), 'multipart.end');
    assert.equal(rule(`preamble\r\n${part}--b--`), 'multipart.start');
    assert.equal(rule('--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--'), 'multipart.header');
    assert.equal(rule(`--b\r\nX: ${'y'.repeat(5000)}\r\n\r\nx\r\n--b--`), 'multipart.header');
    assert.equal(rule(`${part}${part}--b--`, { parts: 1, headerBytes: 200 }), 'multipart.too-many-parts');
  });

  it('never throws and never hangs on changed bytes', () => {
    const { body } = multipart({ request: 'a.b.c', definition: '{}' }, [
      { name: 'x.pdf', bytes: Buffer.from('%PDF') },
    ]);
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let round = 0; round < 4000; round += 1) {
      const bytes = Buffer.from(body.subarray(0, random(3) === 0 ? random(body.length) : body.length));
      for (let change = random(5); change > 0 && bytes.length > 0; change -= 1)
        bytes[random(bytes.length)] = [13, 10, 45, 34, random(256)][random(5)] ?? 0;
      const parsed = parseMultipart(bytes, '----WebKitFormBoundaryMadoguchi');
      if (!parsed.ok) assert.match(parsed.rule, /^multipart\./);
    }
  });
});
