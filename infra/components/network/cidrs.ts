/** An IPv4 CIDR block: `10.0.0.0/16`. */
export type Cidr = `${string}/${number}`

/** The subnets of a network: one of each kind in each zone, in the order of the zones. */
export interface Subnets {
  /** With a route to the internet: the load balancer. */
  readonly public: readonly Cidr[]
  /** Without one: everything else. */
  readonly private: readonly Cidr[]
}

/** Quartered twice it gives a /28, the smallest subnet that AWS allows. */
const maxPrefix = 24
/** The largest VPC that AWS allows. */
const minPrefix = 16

/**
 * Divides a block into a subnet of each kind per zone. The public subnets, which need few addresses, share a quarter of the block; each
 * private subnet has a quarter of its own, so there are at most three zones.
 *
 * @throws RangeError for more zones, or for a block that is too small, too large or does not begin at a multiple of its size
 * @example subnetsOf('10.0.0.0/16', 2).private // ['10.0.0.0/18', '10.0.64.0/18']
 */
export function subnetsOf(block: Cidr, zones: number): Subnets {
  const whole = parse(block)
  const [first, second, third, last] = quarter(whole)
  const quarters = [first, second, third]
  if (!Number.isInteger(zones) || zones < 1 || zones > quarters.length) {
    throw new RangeError(`A network has 1 to ${quarters.length} zones, not ${zones}`)
  }
  return { public: quarter(last).slice(0, zones).map(toText), private: quarters.slice(0, zones).map(toText) }
}

interface Block {
  /** The first address as a number. */
  readonly start: number
  readonly prefix: number
}

function quarter({ start, prefix }: Block): [Block, Block, Block, Block] {
  const size = 2 ** (32 - prefix) / 4
  const part = (index: number): Block => ({ start: start + index * size, prefix: prefix + 2 })
  return [part(0), part(1), part(2), part(3)]
}

function parse(text: Cidr): Block {
  const found = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text)?.slice(1).map(Number) ?? []
  const octets = found.slice(0, 4)
  const prefix = found[4] ?? 0
  const start = octets.reduce((sum, octet) => sum * 256 + octet, 0)
  const valid = octets.length === 4 && octets.every((octet) => octet <= 255)
  if (!valid || prefix < minPrefix || prefix > maxPrefix || start % 2 ** (32 - prefix) !== 0) {
    throw new RangeError(
      `${text} is not a valid VPC CIDR block: use a prefix from /${minPrefix} to /${maxPrefix}, such as 10.0.0.0/16`,
    )
  }
  return { start, prefix }
}

function toText({ start, prefix }: Block): Cidr {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256)
  return `${octets.join('.')}/${prefix}`
}
