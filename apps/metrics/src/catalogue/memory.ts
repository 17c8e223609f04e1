const maxEntries = 10_000

/** Remembers what a function returns for a key, for some seconds. A failure is not remembered, and concurrent calls share one. */
export function createMemory<Value>(
  seconds: number,
  find: (key: string) => Promise<Value>,
  now: () => number = () => performance.now(),
): (key: string) => Promise<Value> {
  const known = new Map<string, { until: number; value: Promise<Value> }>()
  return (key) => {
    const kept = known.get(key)
    if (kept && kept.until > now()) return kept.value
    const value = find(key)
    known.delete(key)
    known.set(key, { until: now() + seconds * 1000, value })
    value.catch(() => known.delete(key))
    for (const oldest of known.keys()) if (known.size > maxEntries) known.delete(oldest)
    return value
  }
}
