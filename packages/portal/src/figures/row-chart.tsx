/** One bar under its own name, with room for long ones. */
interface RowChartProps {
  /** Read aloud instead of the picture. */
  title: string;
  /** `more`: a thinner bar behind, up to a second, larger value. */
  rows: readonly { label: string; value: number; more?: number; text: string }[];
}

const width = 480;
const step = 62;
const thick = 18;

/** Lying bars, drawn on the server; the table beside it says the same to those who do not see it. */
export function RowChart({ title, rows }: RowChartProps) {
  const most = Math.max(1, ...rows.map(({ value, more = 0 }) => Math.max(value, more)));
  const room = width - (rows.some(({ more }) => more !== undefined) ? 210 : 90);
  const long = (value: number) => Math.max(value === 0 ? 0 : 2, (room * value) / most);
  return (
    <svg
      class="chart chart-rows"
      viewBox={`0 0 ${width} ${rows.length * step + 4}`}
      role="img"
      aria-label={title}
    >
      {rows.map(({ label, value, more, text }, index) => {
        const top = index * step + 28;
        return (
          <>
            <text x="0" y={top - 8} class="chart-text">
              {label}
            </text>
            {more === undefined ? null : (
              <rect x="0" y={top + thick / 2 - 3} width={long(more)} height="6" class="chart-more" />
            )}
            <rect x="0" y={top} width={long(value)} height={thick} class="chart-bar" />
            <text x={Math.max(long(value), long(more ?? 0)) + 8} y={top + thick - 2} class="chart-text">
              {text}
            </text>
          </>
        );
      })}
    </svg>
  );
}
