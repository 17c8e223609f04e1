/** A partial `T`: objects in part, lists and scalars whole. */
export type Overlay<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [Key in keyof T]?: Overlay<T[Key]> }
    : T

/** The values of one file, and its name. */
export interface Layer {
  readonly source: string
  readonly says: object
}

/** Merged layers, and the source of each list and scalar by its path (`processes.worker.memory`). */
export interface Overlaid {
  readonly value: object
  readonly sources: ReadonlyMap<string, string>
}

/**
 * Merges each layer over those before it. Objects merge key by key; lists and scalars replace the value before; `undefined` changes
 * nothing.
 */
export function overlay(layers: readonly Layer[]): Overlaid {
  const sources = new Map<string, string>()
  const forget = (path: string) => {
    for (const known of sources.keys()) if (known === path || known.startsWith(`${path}.`)) sources.delete(known)
  }
  const lay = (below: unknown, above: unknown, path: string, source: string): unknown => {
    if (above === undefined) return below
    if (!isRecord(above)) {
      forget(path)
      sources.set(path, source)
      return above
    }
    if (!isRecord(below)) forget(path)
    return layEach(isRecord(below) ? below : {}, above, (key) => (path === '' ? key : `${path}.${key}`), source)
  }
  const layEach = (below: object, above: object, pathOf: (key: string) => string, source: string): object =>
    Object.fromEntries(
      new Set([...Object.keys(below), ...Object.keys(above)])
        .values()
        .map((key): [string, unknown] => [key, lay(own(below, key), own(above, key), pathOf(key), source)])
        .filter(([, value]) => value !== undefined),
    )
  const value = layers.reduce<object>((below, { says, source }) => layEach(below, says, String, source), {})
  return { value, sources }
}

export const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (record: object, key: string): unknown =>
  Object.hasOwn(record, key) ? Reflect.get(record, key) : undefined
