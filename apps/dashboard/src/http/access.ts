import type { RouteOptions } from 'fastify'
import { roles, type Role } from '../derive/rules/roles.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The least role that may use the route. */
    role?: Role
  }
}

/** A route of members, and the least role that may use it. */
export interface RouteAccess {
  readonly method: string
  readonly url: string
  readonly role: Role
}

/** Thrown at the start for a route that does not say who may use it. */
export class UndeclaredRoleError extends Error {
  override readonly name = 'UndeclaredRoleError'
}

/**
 * Creates the hook that a group of members' routes registers with: each must declare its role in `config`, which the
 * contract then shows as `x-role`.
 *
 * @param declared gets the routes with their roles
 */
export function requireRoles(declared: RouteAccess[]) {
  return (route: RouteOptions): void => {
    const { method, url, config, schema } = route
    const role = config?.role
    if (role === undefined || !roles.includes(role))
      throw new UndeclaredRoleError(`${[method].flat().join(', ')} ${url} does not say which role may use it.`)
    for (const each of [method].flat()) declared.push({ method: each, url, role })
    if (schema) route.schema = { ...schema, 'x-role': role } as typeof schema
  }
}
