import type { Imported } from './import-articles.ts'

/** The line of a version for a person's eye. */
export function lineOf({ package: name, result, article, version, published, reason }: Imported): string {
  if (result === 'imported') return `${name} imported: ${article}v${version}, published ${published}`
  return `${name} ${result === 'refused' ? 'REFUSED' : result}${reason === undefined ? '' : `: ${reason}`}`
}

/** The sum of an import, with what to do about what was stopped. */
export function summaryOf(results: readonly Imported[]): string {
  const count = (wanted: Imported['result']) => results.filter(({ result }) => result === wanted).length
  const more = (['held', 'stopped'] as const).flatMap((result) =>
    count(result) > 0 ? [`, ${count(result)} ${result}`] : [],
  )
  const sum = `${results.length} versions: ${count('imported')} imported, ${count('kept')} there already, ${count('refused')} refused${more.join('')}.`
  return count('stopped') > 0 ? `${sum} Begin again with the same list for those that were stopped.` : sum
}

/** The exit code: 0 when all is public, 130 when something is not because the import was interrupted, 1 when something else keeps it. */
export function exitCodeOf(results: readonly Imported[], isInterrupted: boolean): 0 | 1 | 130 {
  if (results.every(({ result }) => result === 'imported' || result === 'kept')) return 0
  return isInterrupted ? 130 : 1
}
