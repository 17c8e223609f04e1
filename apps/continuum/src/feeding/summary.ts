import { isOver, type Progress } from './progress.ts'

/** Says in a few lines how many deliveries have ended in which way, and what failed; for many at once, whose lines have scrolled away. */
export function summaryOf(all: readonly Progress[]): readonly string[] {
  const ends = Map.groupBy(all, endOf)
  const counts = order.flatMap((end) => {
    const { length } = ends.get(end) ?? []
    return length === 0 ? [] : [`${length} ${end}`]
  })
  const failed = all.flatMap(({ delivery, failure }) =>
    failure ? [`  ${delivery.file ?? delivery.key}: ${failure.reason}`] : [],
  )
  return [`${all.length} ${all.length === 1 ? 'package' : 'packages'}: ${counts.join(', ')}`, ...failed]
}

const order = [
  'published',
  'ready to publish',
  'the same files again',
  'superseded',
  'failed',
  'still under way',
] as const

function endOf(progress: Progress): (typeof order)[number] {
  if (progress.failure) return 'failed'
  if (progress.repeated) return 'the same files again'
  if (progress.superseded) return 'superseded'
  if (isOver(progress)) return 'published'
  return progress.ready ? 'ready to publish' : 'still under way'
}
