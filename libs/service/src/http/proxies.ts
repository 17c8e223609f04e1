/** The proxies before a service that it trusts. */
import { BlockList, isIPv6 } from 'node:net'

/**
 * Returns a function that tells if an address is among the given ones, or in one of the given networks, such as 10.0.192.0/20.
 */
export function addressesIn(given: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const each of given) {
    const [address = '', prefix] = each.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return (address) => {
    const plain = address.replace(/^::ffff:/, '')
    return plain !== '' && list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
  }
}

/**
 * Returns a function that tells if a proxy is believed about who asked it. Proxies are counted from the service: 0 is the one that connects to it.
 *
 * @param options.behindCdn a CDN is before the first proxy, which takes requests of no one else: it is believed whatever its address
 */
export function trustedBy(
  proxies: readonly string[],
  { behindCdn }: { behindCdn: boolean },
): (address: string, hop: number) => boolean {
  const isProxy = addressesIn(proxies)
  return (address, hop) => isProxy(address) || (behindCdn && hop === 1)
}
