/** DER taken apart and put together again, for exchanging a piece inside: lengths around it are written anew. */
export interface DerNode {
  tag: number;
  /** Of a constructed element. */
  children?: DerNode[];
  /** Of a primitive one. */
  bytes?: Uint8Array;
}

export function readDer(bytes: Uint8Array): DerNode {
  const [node] = readAll(bytes);
  if (node === undefined) throw new Error('no DER');
  return node;
}

function readAll(bytes: Uint8Array): DerNode[] {
  const nodes: DerNode[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0;
    let length = bytes[at + 1] ?? 0;
    let start = at + 2;
    if (length >= 0x80) {
      const count = length - 0x80;
      length = Buffer.from(bytes.subarray(start, start + count)).readUIntBE(0, count);
      start += count;
    }
    const content = bytes.subarray(start, start + length);
    nodes.push((tag & 0x20) === 0 ? { tag, bytes: content } : { tag, children: readAll(content) });
    at = start + length;
  }
  return nodes;
}

export function writeDer(node: DerNode): Uint8Array {
  const content =
    node.children === undefined ? (node.bytes ?? []) : Buffer.concat(node.children.map(writeDer));
  const { length } = content;
  if (length < 0x80) return Buffer.from([node.tag, length, ...content]);
  const size = Math.ceil(length.toString(16).length / 2);
  const header = Buffer.alloc(2 + size);
  header.writeUInt8(node.tag, 0);
  header.writeUInt8(0x80 + size, 1);
  header.writeUIntBE(length, 2, size);
  return Buffer.concat([header, Buffer.from(content)]);
}

/** A child by its way down. */
export function childAt(node: DerNode, ...way: number[]): DerNode {
  let found = node;
  for (const index of way) {
    const next = found.children?.at(index);
    if (next === undefined) throw new Error(`no child ${way.join('.')}`);
    found = next;
  }
  return found;
}
