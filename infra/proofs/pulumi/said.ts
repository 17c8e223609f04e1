/** Parses the summary of `pulumi up` or `preview`: `{ created: 91 }`. */
export function countsOf(said: string): Record<string, number> {
  const summary = said.slice(said.lastIndexOf('Resources:'))
  const lines = summary.matchAll(/^ +(?:[+~=-]+ ?)?(\d+) ([a-z ]+)$/gm)
  return Object.fromEntries([...lines].map(([, count, what]) => [what ?? '', Number(count)]))
}

/** Parses the changes of an update: `updated aws:sqs:Queue storage-incoming`. Unchanged resources are left out. */
export function changesOf(said: string): string[] {
  const lines = said.matchAll(/^ ?[+~-]+ +(\S+:\S+ \S+) (created|updated|deleted|replaced) \(/gm)
  return [...new Set([...lines].map(([, resource, what]) => `${what} ${resource}`))].toSorted()
}
