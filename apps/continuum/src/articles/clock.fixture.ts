/** Loaded by a process before its program: the parent says what time it is. */

const now = { instant: Temporal.Now.instant() }
Object.defineProperty(Temporal.Now, 'instant', { value: () => now.instant })
process.on('message', (instant: string) => {
  now.instant = Temporal.Instant.from(instant)
  process.send?.(instant)
})
process.channel?.unref()
