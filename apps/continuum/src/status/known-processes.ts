import { Type, type Static } from 'typebox'

const Known = Type.Union([Type.String(), Type.Null()])

/** The dashboard's list of the processes of an environment, as far as it is used here. */
export const KnownProcesses = Type.Object({
  looked_at: Known,
  processes: Type.Array(
    Type.Object({
      name: Type.String(),
      restarts: Type.Integer(),
      tasks: Type.Array(
        Type.Object({ state: Type.String(), version: Known, started_at: Known, last_sign_of_life: Known }),
      ),
    }),
  ),
})
export type KnownProcesses = Static<typeof KnownProcesses>

/** The version that a process runs and its restarts within a day, as the dashboard knows them; null where it does not tell. */
export interface KnownProcess {
  readonly version: string | null
  readonly restartsLastDay: number | null
}

/** Finds a process by its name. */
export function knownProcess(known: KnownProcesses | null, name: string): KnownProcess {
  const found = known?.processes.find((each) => each.name === name)
  return {
    version: found?.tasks.find(({ state }) => state !== 'gone')?.version ?? null,
    restartsLastDay: found?.restarts ?? null,
  }
}

/** Tells if nothing of a process runs: one task that is gone beside another that runs was replaced, or there are fewer of them now. */
export function isDown({ tasks }: Pick<KnownProcesses['processes'][number], 'tasks'>): boolean {
  return tasks.every(({ state }) => state === 'gone' || state === 'absent')
}

/** The processes of an environment in AWS for a person's eye; those that need one begin with `!`. */
export function knownProcessesText(known: KnownProcesses | null, now: number): string {
  if (!known)
    return '! Versions and restarts are unknown: the dashboard does not answer, or these credentials may not ask it.'
  const age = (instant: string | null) =>
    instant === null ? 'none' : `${Math.max(0, Math.round((now - Date.parse(instant)) / 1000))} s ago`
  const rows = known.processes.flatMap(({ name, restarts, tasks }) =>
    tasks.map(({ state, version, started_at: since, last_sign_of_life: seen }, index) => {
      const mark = isDown({ tasks }) ? '!' : ' '
      const times = index === 0 ? String(restarts) : ''
      return `${mark} ${name.padEnd(20)} ${state.padEnd(9)} ${age(seen).padEnd(13)} ${times.padStart(13)}  ${(version ?? '-').padEnd(20)} ${since ?? '-'}`
    }),
  )
  return [
    `  ${'process'.padEnd(20)} ${'state'.padEnd(9)} ${'sign of life'.padEnd(13)} restarts 24 h  ${'version'.padEnd(20)} since`,
    ...rows,
  ].join('\n')
}
