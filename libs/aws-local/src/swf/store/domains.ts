import type { DatabaseSync } from 'node:sqlite'
import { optionalTextIn, textIn, type Row } from '../../shared/rows.ts'

export interface Domain {
  name: string
  status: 'REGISTERED' | 'DEPRECATED'
  description?: string
  /** Retention period of closed executions in days, or NONE. */
  retention: string
  tags: Record<string, string | undefined>
}

export type Domains = ReturnType<typeof openDomains>

/** The domains of one region. */
export function openDomains(db: DatabaseSync, region: string) {
  const insert = db.prepare(
    'INSERT INTO swf_domain (region, name, status, description, retention, tags) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const byName = db.prepare('SELECT * FROM swf_domain WHERE region = ? AND name = ?')
  const all = db.prepare('SELECT * FROM swf_domain WHERE region = ? AND status = ? ORDER BY name')
  const setStatus = db.prepare('UPDATE swf_domain SET status = ? WHERE region = ? AND name = ?')
  const setTags = db.prepare('UPDATE swf_domain SET tags = ? WHERE region = ? AND name = ?')
  return {
    add({ name, status, description, retention, tags }: Domain): void {
      insert.run(region, name, status, description ?? null, retention, JSON.stringify(tags))
    },
    find(name: string): Domain | undefined {
      const row = byName.get(region, name)
      return row === undefined ? undefined : domainOf(row)
    },
    list: (status: Domain['status']): Domain[] => all.all(region, status).map(domainOf),
    setStatus(name: string, status: Domain['status']): void {
      setStatus.run(status, region, name)
    },
    setTags(name: string, tags: Domain['tags']): void {
      setTags.run(JSON.stringify(tags), region, name)
    },
  }
}

/** The regions that have domains. */
export const regionsOf = (db: DatabaseSync): string[] =>
  db
    .prepare('SELECT DISTINCT region FROM swf_domain')
    .all()
    .map((row) => textIn(row, 'region'))

function domainOf(row: Row): Domain {
  const description = optionalTextIn(row, 'description')
  return {
    name: textIn(row, 'name'),
    status: statusOf(row),
    ...(description === undefined ? {} : { description }),
    retention: textIn(row, 'retention'),
    tags: JSON.parse(textIn(row, 'tags')),
  }
}

export const statusOf = (row: Row) => (textIn(row, 'status') === 'DEPRECATED' ? 'DEPRECATED' : 'REGISTERED')
