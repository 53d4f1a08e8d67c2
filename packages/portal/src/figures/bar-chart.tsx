/** Bars with their numbers above them, drawn on the server; the table beside it says the same to those who do not see it. */
interface BarChartProps {
  /** Read aloud instead of the picture. */
  title: string;
  bars: readonly { label: string; value: number; text: string }[];
}

const width = 640;
const height = 260;
const foot = 38;
const head = 34;

export function BarChart({ title, bars }: BarChartProps) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const step = width / Math.max(1, bars.length);
  const thick = Math.min(80, step * 0.62);
  const base = height - foot;
  return (
    <svg class="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
      <line x1="0" y1={base} x2={width} y2={base} class="chart-axis" />
      {bars.map(({ label, value, text }, index) => {
        const middle = step * (index + 0.5);
        const high = ((base - head) * value) / most;
        return (
          <>
            <rect x={middle - thick / 2} y={base - high} width={thick} height={high} class="chart-bar" />
            <text x={middle} y={base - high - 8} text-anchor="middle" class="chart-text">
              {text}
            </text>
            <text x={middle} y={height - 10} text-anchor="middle" class="chart-text">
              {label}
            </text>
          </>
        );
      })}
    </svg>
  );
}
