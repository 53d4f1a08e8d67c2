/** The room's own counters, in Prometheus' text format. Labels come from tables of ours, so their number is bounded. */
export interface Counters {
  count(name: CounterName, label?: string): void;
  text(): string;
}

const counters = {
  madoguchi_ca_ocsp_answers_total: { help: 'OCSP answers.', label: 'outcome' },
  madoguchi_ca_ocsp_cached_total: { help: 'OCSP answers whose signature was reused.', label: undefined },
  madoguchi_ca_time_stamps_total: { help: 'Time stamps given and refused.', label: 'outcome' },
  madoguchi_ca_crl_downloads_total: { help: 'CRLs and ARLs sent.', label: undefined },
  madoguchi_ca_revocations_total: { help: 'Revocations at the counter.', label: undefined },
} as const;

type CounterName = keyof typeof counters;

export function createCounters(): Counters {
  const values = new Map<string, number>();
  return {
    count(name, label) {
      const { label: labelName } = counters[name];
      const key = labelName === undefined ? name : `${name}{${labelName}="${label ?? ''}"}`;
      values.set(key, (values.get(key) ?? 0) + 1);
    },
    text() {
      const lines: string[] = [];
      for (const [name, { help }] of Object.entries(counters)) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} counter`);
        for (const [key, value] of values) {
          if (key === name || key.startsWith(`${name}{`)) lines.push(`${key} ${value}`);
        }
      }
      return `${lines.join('\n')}\n`;
    },
  };
}
