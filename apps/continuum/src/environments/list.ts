import { hostsOf, type Environment } from '@continuum/environments'

/** The entry of an environment in `continuum env list`. */
export function summaryOf(environment: Environment) {
  const { name, region, prefix, protected: isProtected, unique, domain } = environment
  return {
    name,
    region,
    prefix,
    protected: isProtected,
    unique,
    domain: domain?.name ?? null,
    dashboard: hostsOf(environment)?.dashboard ?? null,
  }
}

/** The table for a person; an environment that is not right stands there with what is wrong. */
export function listText(environments: readonly (Environment | { name: string; problem: string })[]): string {
  const rows = environments.map((environment) => {
    if ('problem' in environment) return [environment.name, environment.problem]
    const { name, region, prefix, protected: isProtected, dashboard } = summaryOf(environment)
    const where = name === 'local' ? 'this machine' : (dashboard ?? 'no domain')
    return [name, region, prefix === '' ? '(none)' : prefix, isProtected ? 'protected' : '-', where]
  })
  const table = [['environment', 'region', 'prefix', 'protected', 'dashboard'], ...rows]
  const width = (column: number) =>
    Math.max(...table.filter((row) => row.length > 2).map((row) => row[column]?.length ?? 0))
  return table
    .map((row) => row.map((cell, column) => (column < row.length - 1 ? cell.padEnd(width(column)) : cell)).join('  '))
    .join('\n')
}
