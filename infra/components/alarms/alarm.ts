import type { Input } from '@pulumi/pulumi'

/** One metric of CloudWatch, and what is made of its values in each period. */
export interface Metric {
  namespace: string
  name: string
  dimensions: Record<string, Input<string>>
  statistic: 'Maximum' | 'Minimum' | 'Average' | 'Sum'
}

/** What is watched: a metric; a query of CloudWatch's (Metrics Insights), which adds up metrics of many dimensions; or what is computed of a few metrics, by their names. */
export type Watched =
  | { metric: Metric }
  | { query: Input<string> }
  | { math: string; of: Readonly<Record<string, Metric>> }

/** An alarm as data. */
export interface Alarm {
  /** Ends its name: `ct-<key>`. */
  key: string
  watched: Watched
  is: 'above' | 'below'
  threshold: number
  /** How long that lasts before somebody is told, and how finely it is looked at. */
  minutes: number
  periodMinutes: number
  /** What no value at all means: that all is well, or that it is not. */
  silence: 'well' | 'ill'
  /** What it means and what to do first, for an operator at three in the morning. At most 1024 characters. */
  description: Input<string>
}

/** An alarm that is on while all of others are; nobody is told of those. */
export interface AlarmOfAlarms {
  key: string
  all: readonly Alarm[]
  description: Input<string>
}
