import { Type } from 'typebox'
import { FedDelivery } from '../feeding/deliveries.ts'
import type { Ledger } from '../feeding/ledger.ts'
import { readState, writeState, type DataDirectory } from './data-directory.ts'

const FedDeliveries = Type.Array(FedDelivery)
const file = 'deliveries.json'

/** The deliveries of an environment on this machine, kept in its data directory. */
export function ledgerIn(data: DataDirectory): Ledger {
  return {
    read: () => readState(data, file, FedDeliveries) ?? [],
    write: (deliveries) => writeState(data, file, deliveries),
  }
}
