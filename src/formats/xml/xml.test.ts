import { describe, expect, it } from 'vitest';
import { escapeXml } from './escape-xml.ts';
import { readXml } from './read-xml.ts';
import { childrenOf, descend, textOf } from './xml-node.ts';

const read = (text: string) => readXml(new TextEncoder().encode(text));

describe('readXml', () => {
  it('reads elements, attributes, text and CDATA, without prefixes', () => {
    const root = read('<a:r x="1&amp;2"><b>t<c/>u</b><b><![CDATA[<v>]]></b></a:r>');
    expect(root.name).toBe('r');
    expect(root.attributes['x']).toBe('1&2');
    expect(childrenOf(root, 'b').map(({ text }) => text)).toEqual(['tu', '<v>']);
    expect(descend(root, 'b', 'c')?.name).toBe('c');
    expect(textOf(root, 'none')).toBe('');
  });

  it('decodes by declaration and byte order mark', () => {
    const latin = Uint8Array.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>', (c) =>
      c.charCodeAt(0),
    );
    expect(readXml(latin).text).toBe('é');
    const utf16 = Uint8Array.from([0xff, 0xfe, ...[...'<a>é</a>'].flatMap((c) => [c.charCodeAt(0), 0])]);
    expect(readXml(utf16).text).toBe('é');
  });

  it('refuses entities of its own, what is not well-formed, and what is too deep', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c SYSTEM "file:///etc/passwd">]><a>&b;</a>';
    expect(() => read(bomb)).toThrow(/not well-formed.*entity/);
    expect(() => read('<a><b></a>')).toThrow(/not well-formed/);
    expect(() => read('')).toThrow(/no element|not well-formed/);
    expect(() => read('<a>'.repeat(200))).toThrow(/too deeply/);
    expect(() => read('<?xml version="1.0" encoding="klingon"?><a/>')).toThrow(/klingon/);
  });

  it('reads what is escaped', () => {
    const text = 'a < b & "c" > \u0001 d';
    expect(read(`<a x="${escapeXml(text)}">${escapeXml(text)}</a>`).text).toBe('a < b & "c" >   d');
  });
});
