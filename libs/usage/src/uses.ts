/**
 * The uses of an article that count. A `full` page has the body (VoR), an `abstract` one has not (PoA); the others are
 * files of it, and the citation of it as a file.
 */
export const uses = ['full', 'abstract', 'pdf', 'xml', 'figures', 'supplement', 'citation'] as const
export type Use = (typeof uses)[number]

/**
 * The uses that are Requests: the content itself was asked for. Every use is an Investigation.
 * Rule: COUNTER Code of Practice 5.1, section 3.3.
 */
export const requestUses = ['full', 'pdf', 'xml'] as const satisfies readonly Use[]

/** The seconds within which two clicks of one user on one link are a double-click, of which the last counts. */
export const doubleClickSeconds = 30
