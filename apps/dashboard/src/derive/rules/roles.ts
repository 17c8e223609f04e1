/** The roles of people, from the least to the greatest: each may do all that those before it may do. */
export const roles = ['reader', 'editor', 'publisher', 'operator', 'administrator'] as const

/** What a person may do. */
export type Role = (typeof roles)[number]

/** Checks that a role includes another one. */
export function includesRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed)
}
