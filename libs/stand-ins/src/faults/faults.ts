import { faultsOf, type Service } from './known-faults.ts'

/** A fault to have: at which stand-in, for what, and how often. */
export interface FaultRule {
  readonly service: Service
  /** One of `faultsOf` the service. */
  readonly fault: string
  /** Text that the file name, DOI or address must contain; absent = all. */
  readonly match?: string | undefined
  /** Number of times that are left; absent = until it is removed. */
  readonly times?: number | undefined
  /** Seconds, percent or words, as the fault says. */
  readonly value?: string | undefined
}

/** Thrown for a rule that names a stand-in or a fault that there is none of. */
export class UnknownFaultError extends Error {
  override readonly name = 'UnknownFaultError'
}

/** The rules in force. The first that fits decides. */
export interface Faults {
  /** @throws {UnknownFaultError} naming the faults that there are. */
  readonly add: (rule: FaultRule) => number
  readonly remove: (id: number) => boolean
  readonly clear: () => void
  readonly list: () => readonly (FaultRule & { readonly id: number })[]
  /** The fault to have now, one of `among`, for a file name, DOI or address; each time counts. */
  readonly take: (service: Service, subject: string, ...among: readonly string[]) => FaultRule | undefined
}

export function createFaults(): Faults {
  const rules = new Map<number, FaultRule>()
  let last = 0
  return {
    add: (rule) => {
      check(rule)
      rules.set(++last, rule)
      return last
    },
    remove: (id) => rules.delete(id),
    clear: () => rules.clear(),
    list: () => [...rules].map(([id, rule]) => ({ ...rule, id })),
    take: (service, subject, ...among) => {
      for (const [id, rule] of rules) {
        const fits = rule.service === service && among.includes(rule.fault) && subject.includes(rule.match ?? '')
        if (!fits) continue
        if (rule.times !== undefined && rule.times <= 1) rules.delete(id)
        else if (rule.times !== undefined) rules.set(id, { ...rule, times: rule.times - 1 })
        return rule
      }
      return undefined
    },
  }
}

function check({ service, fault }: FaultRule): void {
  const known: Readonly<Record<string, string>> | undefined = faultsOf[service]
  if (known === undefined)
    throw new UnknownFaultError(`There is no stand-in "${service}". There are: ${Object.keys(faultsOf).join(', ')}.`)
  if (!Object.hasOwn(known, fault))
    throw new UnknownFaultError(`${service} has no fault "${fault}". It has: ${Object.keys(known).join(', ')}.`)
}
