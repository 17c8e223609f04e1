import type { StarterMessage } from '@continuum/messages'
import type { Options } from './options.ts'
import type { Output } from './output.ts'
import type { Tally } from './tally.ts'

/** Reports the progress of a feed to the operator. */
export interface Reporter {
  begin: () => void
  fed: (key: string, message: StarterMessage) => void
  skipped: (key: string) => void
  failed: (key: string, error: unknown) => void
  end: (tally: Tally) => void
}

/** Makes a reporter that writes text, or with `json` one JSON object per line. */
export function createReporter(options: Options, output: Output): Reporter {
  return options.json ? jsonReporter(options, output) : textReporter(options, output)
}

function textReporter(options: Options, { out, err }: Output): Reporter {
  const { bucket, queue, workflow, prefix, filter, working, mode, rate } = options
  return {
    begin: () => {
      const selection = [prefix && ` with prefix ${prefix}`, filter && ` matching ${filter.text}`]
        .filter(Boolean)
        .join('')
      const pace = mode !== 'feed' ? ', sending nothing' : rate > 0 ? `, one every ${rate} s` : ''
      out(`Feeding keys of ${bucket}${selection} to ${queue} as ${workflow}${pace}\n`)
    },
    fed: (key) => {
      if (mode === 'dry-run') out(`would feed ${key}\n`)
      else if (mode === 'feed' && working) out('.')
    },
    skipped: (key) => err(`not fed (not a .zip): ${key}\n`),
    failed: (key, error) => err(`not fed: ${key}: ${reasonOf(error)}\n`),
    end: ({ fed, skipped, failed, bytes, last, interrupted }) => {
      const verb = { feed: 'Fed', 'dry-run': 'Would feed', count: 'Counted' }[mode]
      const rest = [skipped && `${skipped} not packages`, failed && `${failed} failed`].filter(Boolean)
      const details = [mode === 'feed' ? '' : `${bytes} bytes`, ...rest].filter(Boolean).join(', ')
      if (working && mode === 'feed' && fed > 0) out('\n')
      if (interrupted) out(`Interrupted${last === undefined ? '' : `; resume with --start-after ${last}`}\n`)
      out(`${verb} ${fed} ${fed === 1 ? 'key' : 'keys'}${details && ` (${details})`}\n`)
    },
  }
}

function jsonReporter({ mode }: Options, { out }: Output): Reporter {
  const line = (value: object) => out(`${JSON.stringify(value)}\n`)
  const outcome = mode === 'feed' ? 'fed' : 'would feed'
  return {
    begin: () => undefined,
    fed: (key, message) => {
      if (mode !== 'count') line({ key, outcome, message })
    },
    skipped: (key) => line({ key, outcome: 'not a package' }),
    failed: (key, error) => line({ key, outcome: 'failed', reason: reasonOf(error) }),
    end: (tally) => line({ mode, ...tally }),
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
