/** The reversible 5/3 wavelet (ISO/IEC 15444-1, F.4.8.1), forward, on one line: low-pass half first, then the high-pass half. */
function forward(line: Int32Array): Int32Array {
  const { length } = line;
  if (length === 1) return line;
  const at = (values: Int32Array, index: number) => {
    // Mirrored at both ends, the end itself not repeated.
    const mirrored = index < 0 ? -index : index >= length ? 2 * (length - 1) - index : index;
    return values[mirrored] ?? 0;
  };
  const work = Int32Array.from(line);
  for (let index = 1; index < length; index += 2)
    work[index] = (work[index] ?? 0) - ((at(line, index - 1) + at(line, index + 1)) >> 1);
  for (let index = 0; index < length; index += 2)
    work[index] = (work[index] ?? 0) + ((at(work, index - 1) + at(work, index + 1) + 2) >> 2);
  const half = (length + 1) >> 1;
  return Int32Array.from(
    { length },
    (_, index) => work[index < half ? index * 2 : (index - half) * 2 + 1] ?? 0,
  );
}

/** One level in place on the top left `width` × `height` of a plane with `stride` columns: the four subbands lie in its quarters. */
export function decompose(plane: Int32Array, stride: number, width: number, height: number): void {
  for (let x = 0; x < width; x += 1) {
    const column = forward(Int32Array.from({ length: height }, (_, y) => plane[y * stride + x] ?? 0));
    for (const [y, value] of column.entries()) plane[y * stride + x] = value;
  }
  for (let y = 0; y < height; y += 1) {
    const row = forward(plane.slice(y * stride, y * stride + width));
    plane.set(row, y * stride);
  }
}
