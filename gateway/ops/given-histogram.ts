// A Prometheus histogram whose steps somebody else counts. The library's own can only count for
// itself; this one is read anew at each scrape, as every other number of the page is.
import type { Histogram, Registry } from '@prometheus-io/client';

export interface GivenFigures {
  readonly count: number;
  readonly sum: number;
  /** How many were no larger; in growing order, each including the one before. */
  readonly steps: readonly (readonly [upTo: number, count: number])[];
}

export interface HistogramFacts {
  readonly name: string;
  readonly help: string;
  /** Undefined where nobody counts. */
  readonly read: () => GivenFigures | undefined;
}

export function registerGivenHistogram({ name, help, read }: HistogramFacts, to: Registry): void {
  const metric = {
    name,
    get: () => Promise.resolve({ name, help, type: 'histogram', values: valuesOf(name, read()) }),
  };
  // the registry asks a metric for no more than this
  to.registerMetric(metric as unknown as Histogram);
}

function valuesOf(name: string, figures: GivenFigures | undefined) {
  if (!figures) return [];
  const { steps, count, sum } = figures;
  return [
    ...[...steps, ['+Inf', count] as const].map(([le, value]) => ({
      metricName: `${name}_bucket`,
      labels: { le },
      value,
    })),
    { metricName: `${name}_sum`, labels: {}, value: sum },
    { metricName: `${name}_count`, labels: {}, value: count },
  ];
}
