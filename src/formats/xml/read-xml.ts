import { SaxesParser } from 'saxes';
import { AppError } from '../../shared/app-error.ts';
import type { XmlNode } from './xml-node.ts';

const MAX_BYTES = 256 * 2 ** 20;
const MAX_NODES = 500_000;
const MAX_DEPTH = 100;

interface OpenNode {
  name: string;
  attributes: Record<string, string>;
  children: XmlNode[];
  parts: string[];
}

/**
 * Reads an XML document as a tree. Nothing outside of it is ever fetched, and entities other than the five of XML and
 * characters by number are refused, so a document cannot grow while it is read.
 *
 * @throws AppError `corrupt` for what is not well-formed, `too-large` for too many or too deep elements
 */
export function readXml(bytes: Uint8Array): XmlNode {
  if (bytes.length > MAX_BYTES) {
    throw new AppError(
      'too-large',
      `An XML file of ${bytes.length} bytes is not read: at most ${MAX_BYTES} are.`,
    );
  }
  const parser = new SaxesParser();
  const open: OpenNode[] = [];
  let root: XmlNode | null = null;
  let nodes = 0;
  const bare = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.on('opentag', ({ name, attributes }) => {
    if (++nodes > MAX_NODES || open.length >= MAX_DEPTH) {
      throw new AppError('too-large', 'The XML file has too many or too deeply nested elements for an ECG.');
    }
    open.push({
      name: bare(name),
      attributes: attributes as Record<string, string>,
      children: [],
      parts: [],
    });
  });
  const addText = (text: string): void => {
    open[open.length - 1]?.parts.push(text);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const { name, attributes, children, parts } = open.pop()!;
    const node = { name, attributes, children, text: parts.join('') };
    if (open.length > 0) open[open.length - 1]!.children.push(node);
    else root = node;
  });
  try {
    parser.write(decodeXml(bytes)).close();
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const why = thrown instanceof Error ? thrown.message.slice(0, 120) : '';
    throw new AppError('corrupt', `The XML file is not well-formed: ${why}`, { cause: thrown });
  }
  if (!root) throw new AppError('corrupt', 'The XML file has no element.');
  return root;
}

/** Text of an XML document by its byte order mark or its declaration; UTF-8 without either. */
export function decodeXml(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  let encoding =
    /^<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/.exec(head.replace(/^ï»¿/, ''))?.[1] ?? 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) encoding = 'utf-16le';
  else if (bytes[0] === 0xfe && bytes[1] === 0xff) encoding = 'utf-16be';
  else if (bytes[0] === 0xef && bytes[1] === 0xbb) encoding = 'utf-8';
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    throw new AppError('unsupported', `XML files encoded as ${encoding} are not read.`);
  }
}
