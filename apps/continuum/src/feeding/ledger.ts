import type { FedDelivery } from './deliveries.ts'

/** The deliveries from here, kept so that a command after a crash goes on with them instead of delivering twice. */
export interface Ledger {
  read(): readonly FedDelivery[]
  write(deliveries: readonly FedDelivery[]): void
}

/** A ledger that ends with the process: for an environment elsewhere, which has no folder on this machine. */
export function ledgerInMemory(): Ledger {
  let kept: readonly FedDelivery[] = []
  return { read: () => kept, write: (deliveries) => void (kept = deliveries) }
}
