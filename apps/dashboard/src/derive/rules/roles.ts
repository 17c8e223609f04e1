/** The roles of people, from the least to the greatest: each may do all that those before it may do. */
export const roles = ['reader', 'editor', 'publisher', 'operator', 'administrator'] as const

/** The role of a person: it says what they may do. */
export type Role = (typeof roles)[number]

/** Checks that a role includes another one. */
export function includesRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed)
}
