/**
 * Returns article JSON as the article store would show it, for checking what is submitted: the store sets `stage` and the dates
 * itself, so they may be absent, and `published` null, of a version that has no date yet.
 */
export function asShown(article: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { published, ...rest } = article
  return { stage: 'published', ...rest, ...(published !== null && published !== undefined && { published }) }
}
