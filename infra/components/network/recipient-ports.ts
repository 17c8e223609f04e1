import type { Environment, RecipientSettings } from '@continuum/environments'
import { reachOf } from '@continuum/environments'

/** Ports from one to another, both included. */
export interface PortRange {
  readonly from: number
  readonly to: number
}

/** The ports that a server for passive FTP names for the data. */
const passive: PortRange = { from: 1_024, to: 65_535 }

/** Lists the ports at which an environment's deposits reach their recipients; none where all are on this machine. */
export function recipientPorts({ deposits }: Pick<Environment, 'deposits'>): readonly PortRange[] {
  const { live, recipients, staff } = deposits
  const outside = recipients.filter((recipient) => !['stand-in', 'forbidden'].includes(reachOf(recipient, live)))
  const ranges = [...outside.flatMap(portsOf), ...(staff ? [one(staff.smtp.port)] : [])]
  const widest = ranges.some(({ to }) => to === passive.to)
  const needed = widest ? [passive, ...ranges.filter(({ to }) => to < passive.from)] : ranges
  return [...new Map(needed.map((range) => [range.from, range])).values()].toSorted((a, b) => a.from - b.from)
}

function portsOf(recipient: RecipientSettings): PortRange[] {
  if ('smtp' in recipient) return [one(recipient.smtp.port)]
  if ('server' in recipient) {
    const { protocol, port } = recipient.server
    const answers = recipient.kind === 'pubmed' && recipient.answers !== undefined ? [portOf(recipient.answers)] : []
    return protocol === 'sftp' ? [one(port ?? 22), ...answers] : [one(port ?? 21), passive, ...answers]
  }
  return [portOf(recipient.url)]
}

function portOf(address: string): PortRange {
  const { port, protocol } = new URL(address)
  return one(port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port))
}

const one = (port: number): PortRange => ({ from: port, to: port })
