import type { ProcessName } from '@continuum/environments'

/** Makes something for each process of an environment. */
export function eachProcess<T>(make: (process: ProcessName) => T): Record<ProcessName, T> {
  return {
    decider: make('decider'),
    worker: make('worker'),
    'queue-worker': make('queue-worker'),
    'workflow-starter': make('workflow-starter'),
    'dashboard-web': make('dashboard-web'),
    'dashboard-consumer': make('dashboard-consumer'),
    lax: make('lax'),
    'lax-adaptor': make('lax-adaptor'),
    journal: make('journal'),
    metrics: make('metrics'),
    api: make('api'),
    deposits: make('deposits'),
  }
}
