/** RFC 6266, with the name in UTF-8 and a harmless one for others; nothing invisible survives in it. */
export function disposition(name: string, index: number): string {
  const visible = name.replaceAll(/[\p{C}/\\:*?"<>|]/gu, '_');
  const encoded = encodeURIComponent(visible).replaceAll(
    /['()*]/g,
    (ch) => `%${ch.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="attachment-${index + 1}"; filename*=UTF-8''${encoded}`;
}
