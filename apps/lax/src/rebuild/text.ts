import type { Rebuilt } from './rebuilt.ts'

/** Prints the result for one archive. */
export function rebuiltText({ key, result, article, version, published, exact, reason, mark }: Rebuilt): string {
  if (result === 'failed' || result === 'unknown') return `${key} NOT made: ${reason}`
  if (mark) return `${key} ${result}: article ${article} is ${mark === 'withdrawal' ? 'withdrawn' : 'retracted'}`
  const how = exact ? '' : '; made of its XML, dated by its name, for it has no manifest'
  return `${key} ${result}: article ${article} version ${version}, published ${published}${how}`
}

/** Sums up a rebuild, and says what an archive cannot give back. */
export function summaryText(
  results: readonly Rebuilt[],
  { bucket, dryRun }: { bucket: string; dryRun: boolean },
): string {
  const count = (...wanted: Rebuilt['result'][]) => results.filter(({ result }) => wanted.includes(result)).length
  const made = `${count('made')} ${dryRun ? 'would be made' : 'made'}`
  return [
    `${results.length} archives and marks in ${bucket}: ${made}, ${count('kept')} there already, ${count('failed', 'unknown')} not made.`,
    'An archive has what was published: previews, fragments, and articles that did not come through the pipeline, are not in it.',
  ].join('\n')
}
