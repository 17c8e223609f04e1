/** The libraries that stand on their own: each is packed, installed in an empty folder and tried there. */
export const libraries = ['aws-local', 'workflow-core', 'article', 'crossref-schema', 'stand-ins'] as const
export type Library = (typeof libraries)[number]
