import type { Event } from '@continuum/messages'
import { microseconds } from '../../derive/history/instant.ts'
import type { Received, Step } from '../../derive/history/model.ts'
import { runsOf } from '../../derive/history/runs.ts'

/** A run of the grid. */
export interface GridRun {
  readonly article: string
  readonly version: number
  readonly run: string
  readonly began: string
  /** The last step of each type. */
  readonly steps: ReadonlyMap<string, Step>
}

/** Runs by steps, over days. */
export interface Grid {
  /** In the order of the pipeline, as far as the runs tell. */
  readonly steps: readonly string[]
  /** In UTC, the newest first; the newest run first. */
  readonly days: readonly { readonly day: string; readonly runs: readonly GridRun[] }[]
}

/** The numbers of runs that reached a step, and that failed at it. */
export interface StepCount {
  readonly reached: number
  readonly failed: number
}

/** Groups events into runs by days. */
export function gridOf(events: readonly Received<Event>[]): Grid {
  const byArticle = Map.groupBy(events, ({ message }) => message.item_identifier)
  const runs = Array.from(byArticle).flatMap(([article, own]) =>
    runsOf(own).map((run): GridRun => ({
      article,
      version: run.version,
      run: run.id,
      began: run.began,
      steps: new Map(run.steps.map((step) => [step.type, step])),
    })),
  )
  const newest = runs.toSorted((a, b) => microseconds(b.began) - microseconds(a.began))
  const days = Map.groupBy(newest, ({ began }) => began.slice(0, 10))
  return { steps: orderOf(newest), days: Array.from(days, ([day, own]) => ({ day, runs: own })) }
}

/** Counts the runs of a step. */
export function countOf(runs: readonly GridRun[], step: string): StepCount {
  const states = runs.flatMap(({ steps }) => steps.get(step)?.state ?? [])
  return { reached: states.length, failed: states.filter((state) => state === 'failed').length }
}

/** Orders steps by their average place in the runs, from 0 for the first to 1 for the last of the longest. */
function orderOf(runs: readonly GridRun[]): string[] {
  const places = new Map<string, number[]>()
  const longest = Math.max(1, ...runs.map(({ steps }) => steps.size))
  for (const { steps } of runs) {
    for (const [index, type] of [...steps.keys()].entries())
      places.set(type, [...(places.get(type) ?? []), index / longest])
  }
  const average = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length
  return Array.from(places, ([type, own]) => ({ type, place: average(own) }))
    .toSorted((a, b) => a.place - b.place || (a.type < b.type ? -1 : 1))
    .map(({ type }) => type)
}
