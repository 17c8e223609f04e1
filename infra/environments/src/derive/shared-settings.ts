import { settingsPrefix } from '@continuum/service'
import type { ProcessName } from '../model/environment.ts'
import { serviceNameOf } from './processes.ts'
import { applicationId, variableNamesOf } from './settings-for.ts'

/** A record for each of several processes: their variables, or their secrets. */
export type OfEach = ReadonlyMap<ProcessName, Readonly<Record<string, string>>>

/**
 * Merges what several processes are told into what one process is that runs them all (apps/serve): once where all that know a
 * variable have the same, and otherwise for each service, by a name that begins with its own.
 *
 * @example shared(new Map([['lax', { PORT: '4602' }], ['journal', { PORT: '4601' }]])) // { LAX_PORT: '4602', JOURNAL_PORT: '4601' }
 */
export function shared(each: OfEach): Record<string, string> {
  const names = new Set([...each.values()].flatMap((own) => Object.keys(own)))
  const ofProcess = names.delete(applicationId) ? { [applicationId]: 'continuum-services' } : {}
  const merged = Object.fromEntries(
    [...names].flatMap((name) => {
      const knowing = [...each].filter(([process]) => variableNamesOf(process).includes(name))
      const values = new Set(knowing.map(([, own]) => own[name]))
      if (values.size === 1) return knowing.slice(0, 1).flatMap(([, own]) => entry(name, own[name]))
      return knowing.flatMap(([process, own]) => entry(ownName(process, name), own[name]))
    }),
  )
  return { ...merged, ...ofProcess }
}

/** Picks from what a shared process is told the part of one of its own: the inverse of `shared`. */
export function partOf(process: ProcessName, told: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    variableNamesOf(process).flatMap((name) => entry(name, told[ownName(process, name)] ?? told[name])),
  )
}

const ownName = (process: ProcessName, name: string) => `${settingsPrefix(serviceNameOf(process))}${name}`

const entry = (name: string, value: string | undefined): [string, string][] =>
  value === undefined ? [] : [[name, value]]
