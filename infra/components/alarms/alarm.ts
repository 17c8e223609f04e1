import type { Input } from '@pulumi/pulumi'

/** A CloudWatch metric and its statistic over each period. */
export interface Metric {
  namespace: string
  name: string
  dimensions: Record<string, Input<string>>
  statistic: 'Maximum' | 'Minimum' | 'Average' | 'Sum' | 'SampleCount' | 'p95'
}

/** The value that an alarm watches: a metric, a Metrics Insights query over many dimensions, or metric math over named metrics. */
export type Watched =
  | { metric: Metric }
  | { query: Input<string> }
  | { math: string; of: Readonly<Record<string, Metric>> }

/** An alarm as data. */
export interface Alarm {
  /** The end of its name: `ct-<key>`. */
  key: string
  watched: Watched
  is: 'above' | 'below'
  threshold: number
  /** The time that the threshold must be breached, and the length of one period. */
  minutes: number
  periodMinutes: number
  /** The verdict on a period without data. */
  missingData: 'notBreaching' | 'breaching'
  /** Its meaning and the first thing to do, for an operator at three in the morning. At most 1024 characters. */
  description: Input<string>
}

/** An alarm that is on while all of its parts are. The parts notify nobody. */
export interface CompositeAlarm {
  key: string
  all: readonly Alarm[]
  description: Input<string>
}
