import type { Environment } from '@continuum/environments'

type Asked = NonNullable<Environment['database']>

/** The memory (GiB) of the smallest class of each size, by the letter of the family: db.t4g.micro, db.r7g.large. */
const sizes: Readonly<Record<string, number>> = { micro: 1, small: 2, medium: 4, large: 8, xlarge: 16 }
const families: Readonly<Record<string, number>> = { r: 2, x: 4 }

/** The memory (GiB) of a class. A family that is not known counts as the smallest, so that an alarm comes rather too early. */
function memoryOf(instanceClass: string): number {
  const [, family = '', , count, size = ''] = /^db\.([a-z]+)\d(\w*)\.(\d+)?(\w+)$/.exec(instanceClass) ?? []
  return (sizes[size] ?? 1) * Number(count ?? 1) * (families[family.charAt(0)] ?? 1)
}

/**
 * The number of connections that PostgreSQL takes: RDS sets max_connections to a connection for each 9,531,392 bytes of memory, and to
 * 5,000 at most. Part of the memory is the system's own.
 */
export function maxConnections({ class: instanceClass = '', capacity }: Asked): number {
  const gigabytes = capacity ? capacity.most * 2 : memoryOf(instanceClass)
  return Math.min(5000, Math.floor((gigabytes * 1024 ** 3 * 0.85) / 9_531_392))
}
