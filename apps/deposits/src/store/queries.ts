import type { ISql } from 'postgres'

/** A connection or a transaction: both take statements. */
export type Queries = ISql
