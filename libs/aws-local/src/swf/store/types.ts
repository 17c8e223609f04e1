import type { DatabaseSync } from 'node:sqlite'
import type { WorkflowDefaults } from '../execution/configuration.ts'
import type { ActivityDefaults } from '../decision/decision.ts'
import type { Versioned } from '../execution/events.ts'
import type { Kind } from '../wire/errors.ts'
import { statusOf } from './domains.ts'
import { numberIn, optionalNumberIn, optionalTextIn, textIn, type Row } from '../../shared/rows.ts'

export interface RegisteredType<D> {
  type: Versioned
  status: 'REGISTERED' | 'DEPRECATED'
  description?: string
  createdAt: number
  deprecatedAt?: number
  defaults: D
}

/** The types of one kind, workflow or activity, of all domains of a region. */
export type Types<D> = ReturnType<typeof openTypes<D>>

export const openWorkflowTypes = (db: DatabaseSync, region: string) =>
  openTypes<WorkflowDefaults>(db, region, 'WorkflowType')
export const openActivityTypes = (db: DatabaseSync, region: string) =>
  openTypes<ActivityDefaults>(db, region, 'ActivityType')

function openTypes<D>(db: DatabaseSync, region: string, kind: Kind) {
  const one = 'region = ? AND domain = ? AND kind = ? AND name = ? AND version = ?'
  const insert = db.prepare(
    `INSERT INTO swf_type (region, domain, kind, name, version, status, description, created_at, defaults)
     VALUES (?, ?, ?, ?, ?, 'REGISTERED', ?, ?, ?)`,
  )
  const byName = db.prepare(`SELECT * FROM swf_type WHERE ${one}`)
  const all = db.prepare(
    'SELECT * FROM swf_type WHERE region = ? AND domain = ? AND kind = ? AND status = ? ORDER BY name, version',
  )
  const setStatus = db.prepare(`UPDATE swf_type SET status = ?, deprecated_at = ? WHERE ${one}`)
  const deprecateAll = db.prepare(
    `UPDATE swf_type SET status = 'DEPRECATED', deprecated_at = ? WHERE region = ? AND domain = ? AND kind = ? AND status = 'REGISTERED'`,
  )
  const remove = db.prepare(`DELETE FROM swf_type WHERE ${one}`)
  const typeOf = (row: Row): RegisteredType<D> => {
    const description = optionalTextIn(row, 'description')
    const deprecatedAt = optionalNumberIn(row, 'deprecated_at')
    return {
      type: { name: textIn(row, 'name'), version: textIn(row, 'version') },
      status: statusOf(row),
      ...(description === undefined ? {} : { description }),
      createdAt: numberIn(row, 'created_at'),
      ...(deprecatedAt === undefined ? {} : { deprecatedAt }),
      defaults: JSON.parse(textIn(row, 'defaults')),
    }
  }
  return {
    kind,
    add(domain: string, { name, version }: Versioned, description: string | undefined, defaults: D, at: number): void {
      insert.run(region, domain, kind, name, version, description ?? null, at, JSON.stringify(defaults))
    },
    find(domain: string, { name, version }: Versioned): RegisteredType<D> | undefined {
      const row = byName.get(region, domain, kind, name, version)
      return row === undefined ? undefined : typeOf(row)
    },
    list: (domain: string, status: RegisteredType<D>['status']) => all.all(region, domain, kind, status).map(typeOf),
    setStatus(
      domain: string,
      { name, version }: Versioned,
      status: RegisteredType<D>['status'],
      deprecatedAt: number | null,
    ): void {
      setStatus.run(status, deprecatedAt, region, domain, kind, name, version)
    },
    deprecateAll(domain: string, at: number): void {
      deprecateAll.run(at, region, domain, kind)
    },
    remove(domain: string, { name, version }: Versioned): void {
      remove.run(region, domain, kind, name, version)
    },
  }
}
