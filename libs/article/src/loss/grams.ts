/** No more places of one gram are looked at: texts that repeat themselves more often are tables of the same word. */
const maxPlaces = 256

/** Finds where a text has the characters that another text has from a place on, by an index of all its runs of a length. */
export function createGrams(row: string, length: number) {
  const size = 1 << 18
  const heads = new Int32Array(size).fill(-1)
  const next = new Int32Array(row.length)
  const first = power(factor, length - 1)
  let rolling = hashOf(row, row.length - length, length)
  for (let at = row.length - length; at >= 0; at -= 1) {
    const slot = slotOf(rolling, size)
    next[at] = heads[slot] ?? -1
    heads[slot] = at
    // The next run to the left: its last character goes, the one before it comes.
    const without = (rolling - row.charCodeAt(at + length - 1)) | 0
    rolling = (Math.imul(without, inverse) + Math.imul(row.charCodeAt(at - 1), first)) | 0
  }
  return {
    /** Calls `look` with each place, ascending; among them may be places where something else stands. */
    eachPlace(text: string, at: number, look: (place: number) => void) {
      if (at + length > text.length) return
      let place = heads[slotOf(hashOf(text, at, length), size)] ?? -1
      for (let count = 0; place >= 0 && count < maxPlaces; count += 1) {
        look(place)
        place = next[place] ?? -1
      }
    },
  }
}

const factor = 31
/** The number that undoes a multiplication by `factor` in 32 bits. */
const inverse = -1_108_378_657

function hashOf(text: string, at: number, length: number): number {
  let hash = 0
  for (let offset = 0; offset < length; offset += 1) hash = (Math.imul(hash, factor) + text.charCodeAt(at + offset)) | 0
  return hash
}

function slotOf(hash: number, size: number): number {
  return (hash ^ (hash >>> 15)) & (size - 1)
}

function power(base: number, exponent: number): number {
  let result = 1
  for (let count = 0; count < exponent; count += 1) result = Math.imul(result, base)
  return result
}
