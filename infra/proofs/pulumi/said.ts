/** What the last lines of `pulumi up` or `preview` say was done: `{ created: 91 }`. */
export function countsOf(said: string): Record<string, number> {
  const summary = said.slice(said.lastIndexOf('Resources:'))
  const lines = summary.matchAll(/^ +(?:[+~-]+ ?)?(\d+) ([a-z ]+)$/gm)
  return Object.fromEntries([...lines].map(([, count, what]) => [what ?? '', Number(count)]))
}

/** What an update did, and to what: `updated aws:sqs:Queue storage-incoming`. What stayed is not among it. */
export function changesOf(said: string): string[] {
  const lines = said.matchAll(/^ ?[+~-]+ +(\S+:\S+ \S+) (created|updated|deleted|replaced) \(/gm)
  return [...new Set([...lines].map(([, resource, what]) => `${what} ${resource}`))].toSorted()
}
