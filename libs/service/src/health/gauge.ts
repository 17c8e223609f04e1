import { Gauge, type Registry } from 'prom-client'

/** One sample of a gauge. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

/**
 * Adds a gauge to the metrics of a service.
 *
 * @param options.labels the names of the labels that samples have; none by default
 * @param options.read is asked at each scrape; where it fails, this gauge alone is left out
 */
export function addGauge(
  registry: Registry,
  options: {
    name: string
    help: string
    labels?: readonly string[]
    read: () => Promise<readonly Sample[]>
  },
): void {
  const { name, help, labels = [], read } = options
  const gauge = new Gauge({
    name,
    help,
    labelNames: [...labels],
    registers: [],
    async collect() {
      const samples = await read()
      this.reset()
      for (const sample of samples) this.set({ ...sample.labels }, sample.value)
    },
  })
  registry.registerMetric(gauge)
}
