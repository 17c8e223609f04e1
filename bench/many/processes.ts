import { readdirSync, readFileSync } from 'node:fs'

interface Process {
  readonly pid: number
  readonly parent: number
  readonly cpu: number
}

/** The ticks of /proc are hundredths of a second. */
const millisecondsPerTick = 10

/**
 * Reads the processor time of a process and all that came from it.
 * @param names names of processes whose part is told; the rest of the tree counts to its nearest named ancestor
 */
export function cpuOf(root: number, names: ReadonlyMap<number, string>): ReadonlyMap<string, number> {
  const used = new Map<string, number>()
  for (const [{ cpu }, name] of named(root, names)) used.set(name, (used.get(name) ?? 0) + cpu)
  return used
}

/** Reads the memory (PSS, in MB) of a process and all that came from it, by name. */
export function memoryOf(root: number, names: ReadonlyMap<number, string>): ReadonlyMap<string, number> {
  const held = new Map<string, number>()
  for (const [{ pid }, name] of named(root, names)) held.set(name, (held.get(name) ?? 0) + pssOf(pid))
  return held
}

function named(root: number, names: ReadonlyMap<number, string>): [Process, string][] {
  const children = Map.groupBy(allProcesses(), ({ parent }) => parent)
  const below = (process: Process, above: string): [Process, string][] => {
    const name = names.get(process.pid) ?? above
    const each: [Process, string] = [process, name]
    return [each, ...(children.get(process.pid) ?? []).flatMap((child) => below(child, name))]
  }
  return [...children.values()]
    .flat()
    .filter(({ pid }) => pid === root)
    .flatMap((process) => below(process, 'continuum'))
}

function allProcesses(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`)
      // The name in brackets may have spaces.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
      return stat === '' ? [] : [{ pid: Number(name), parent: Number(fields[1]), cpu: ticks * millisecondsPerTick }]
    })
}

function pssOf(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024
}

/** A process may end while it is looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
