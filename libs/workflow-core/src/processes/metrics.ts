/** The metrics of a decider or worker. */
export interface Metrics {
  /** Counts a poll: with a task, empty, or failed. */
  readonly polled: (outcome: 'task' | 'empty' | 'failed') => void
  /** Counts a task and its duration. @param type name of the workflow or activity */
  worked(type: string, outcome: string, seconds: number): void
  /** Counts an attempt of an activity. */
  attempted(type: string, attempt: number): void
  /**
   * Writes the metrics in Prometheus' text format.
   * @param lastPollAge seconds since the slowest poller last heard from SWF
   * @param pending counts the tasks in the task list; if it fails, that metric is left out
   */
  text(lastPollAge: number, pending: () => Promise<{ count: number | undefined }>): Promise<string>
}

/** Upper bounds in seconds: decisions take milliseconds, activities up to minutes. */
const bounds = [0.005, 0.025, 0.1, 0.5, 2.5, 10, 60, 300, 1_800]

type Labels = Readonly<Record<string, string>>

/** @param labels of every sample: which loop, which task list */
export function createMetrics(labels: Labels): Metrics {
  const polls = createCounter(labels)
  const tasks = createCounter(labels)
  const attempts = createCounter(labels)
  const durations = new Map<string, { readonly within: number[]; count: number; sum: number }>()
  const labelled = (more: Labels) => written({ ...labels, ...more })

  return {
    polled: (outcome) => polls.add(outcome, { outcome }),
    attempted: (type, number) => {
      const attempt = number === 1 ? 'first' : 'retry'
      attempts.add(`${attempt} ${type}`, { type, attempt })
    },
    worked: (type, outcome, seconds) => {
      tasks.add(`${outcome} ${type}`, { type, outcome })
      const duration = durations.get(type) ?? { within: bounds.map(() => 0), count: 0, sum: 0 }
      durations.set(type, duration)
      duration.count += 1
      duration.sum += seconds
      for (const [index, bound] of bounds.entries())
        if (seconds <= bound) duration.within[index] = (duration.within[index] ?? 0) + 1
    },
    text: async (lastPollAge, pending) => {
      const { count: depth } = await pending().catch(() => ({ count: undefined }))
      const histogram = Array.from(durations, ([type, { within, count, sum }]) => [
        ...bounds.map(
          (bound, index) => `workflow_task_seconds_bucket${labelled({ type, le: `${bound}` })} ${within[index]}`,
        ),
        `workflow_task_seconds_bucket${labelled({ type, le: '+Inf' })} ${count}`,
        `workflow_task_seconds_sum${labelled({ type })} ${sum}`,
        `workflow_task_seconds_count${labelled({ type })} ${count}`,
      ]).flat()
      return [
        family(
          'workflow_last_poll_age_seconds',
          'gauge',
          'Since the slowest poller last heard from SWF, or was at work.',
          [`workflow_last_poll_age_seconds${written(labels)} ${lastPollAge}`],
        ),
        family(
          'workflow_pending_tasks',
          'gauge',
          'Tasks in the task list that nobody has taken, as SWF counts them; at most a few thousand.',
          depth === undefined ? [] : [`workflow_pending_tasks${written(labels)} ${depth}`],
        ),
        family('workflow_polls_total', 'counter', 'Polls of SWF that ended.', polls.samples('workflow_polls_total')),
        family('workflow_tasks_total', 'counter', 'Tasks that ended.', tasks.samples('workflow_tasks_total')),
        family('workflow_attempts_total', 'counter', 'Attempts begun.', attempts.samples('workflow_attempts_total')),
        family('workflow_task_seconds', 'histogram', 'From the arrival of a task to its answer.', histogram),
      ].join('')
    },
  }
}

/** The metrics of several loops of one process as one text: the format wants each family once. */
export function joinMetrics(texts: readonly string[]): string {
  const families = new Map<string, string>()
  for (const each of texts.join('').split(/^(?=# HELP )/m)) {
    const [help = '', type = '', ...samples] = each.split('\n')
    const head = `${help}\n${type}\n`
    families.set(head, (families.get(head) ?? '') + samples.join('\n'))
  }
  return Array.from(families, ([head, samples]) => (samples === '' ? '' : head + samples)).join('')
}

function family(name: string, type: string, help: string, samples: readonly string[]): string {
  if (samples.length === 0) return ''
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples.join('\n')}\n`
}

/** @param always the labels of every sample */
function createCounter(always: Labels): { add(key: string, labels: Labels): void; samples(name: string): string[] } {
  const counts = new Map<string, { readonly labels: Labels; count: number }>()
  return {
    add: (key, labels) => {
      const counted = counts.get(key) ?? { labels, count: 0 }
      counts.set(key, counted)
      counted.count += 1
    },
    samples: (name) =>
      Array.from(counts.values(), ({ labels: own, count }) => `${name}${written({ ...always, ...own })} ${count}`),
  }
}

function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replaceAll(/[\\"\n]/g, escaped)}"`)
  return `{${pairs.join(',')}}`
}

function escaped(character: string): string {
  return character === '\n' ? String.raw`\n` : `\\${character}`
}
