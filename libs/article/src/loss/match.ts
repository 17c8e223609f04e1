import { createGrams } from './grams.ts'
import { dividedAtTags, wordsOf, type Words } from './words.ts'

/** The least that is looked for, in characters, when a text is compared with another as a whole. */
const gram = 12
/** A text so long is hardly part of another. */
const long = 100
/** So near to where the text before ended, single words are believed to be the ones. */
const near = 400

interface Sought extends Words {
  /** Looked for only when all others are found: another form of something that should come out in its first form. */
  readonly isLast?: boolean
  /** May stand once for two, or in another form: it takes no single word or short text from what must come out. */
  readonly isRepeat?: boolean
}

/**
 * Tells, for each word of each text that went in, whether it came out. Every character that came out answers for one that
 * went in, so a sentence that went in twice and came out once is lost once.
 *
 * Whole texts are found first, then long passages, then what is left among what is left: so common words that stand
 * elsewhere do not answer for a lost sentence. Texts may come out in any order, joined, or divided otherwise.
 */
export function findWords(went: readonly Sought[], came: readonly string[]): readonly (readonly boolean[])[] {
  const output = createOutput(came)
  const found = went.map(({ characters }) => new Int32Array(characters.length).fill(-1))
  const isFound = (index: number, at: number) => (found[index]?.[at] ?? -1) >= 0
  const cursorBefore = (index: number, at: number): number => {
    if (at > 0) return (found[index]?.[at - 1] ?? -1) + 1
    for (let before = index - 1; before >= 0; before -= 1) {
      const last = found[before]?.at(-1) ?? -1
      if (last >= 0) return last + 1
      if (index - before > 50) break
    }
    return 0
  }
  const take = (index: number, at: number, place: number, length: number) => {
    output.use(place, length)
    const places = found[index]
    if (!places) return
    for (let offset = 0; offset < length; offset += 1) places[at + offset] = place + offset
  }

  let isLastTurn = false
  const each = (
    look: (text: Sought, index: number) => void,
    order: Iterable<readonly [number, Sought]> = went.entries(),
  ) => {
    for (const [index, text] of order) if ((text.isLast ?? false) === isLastTurn) look(text, index)
  }
  const longerFirst = [...went.entries()].toSorted(([, a], [, b]) => b.characters.length - a.characters.length)
  const takeWhole = (min: number, below: number, repeats?: boolean) =>
    each(
      ({ characters, isRepeat = false }, index) => {
        if (characters.length < min || characters.length >= below || isRepeat !== (repeats ?? isRepeat)) return
        const place = output.whole(characters, cursorBefore(index, 0))
        if (place !== undefined) take(index, 0, place, characters.length)
      },
      below === long ? longerFirst : undefined,
    )
  const takePassages = () =>
    each((text, index) => {
      if (text.characters.length < gram || isFound(index, 0)) return
      for (let word = 0; word < text.words.length;) {
        const at = text.starts[word] ?? 0
        const match = output.longest(text.characters, at, cursorBefore(index, at))
        if (match) take(index, at, match.place, match.length)
        const end = at + (match?.length ?? 0)
        do word += 1
        while ((text.starts[word] ?? Infinity) < end)
      }
    })
  const takeShort = () =>
    each((text, index) => {
      const { characters, words, starts } = text
      if (characters.length >= gram || words.length < 2 || !/^\p{L}/u.test(characters)) return
      const match = output.remaining(characters, starts[1] ?? 0, cursorBefore(index, 0), Infinity)
      if (match?.length === characters.length) take(index, 0, match.place, match.length)
    })
  const takeRest = (within: number, repeats: boolean) =>
    each((text, index) => {
      const places = found[index]
      if (!places || !places.includes(-1) || (text.isRepeat ?? false) !== repeats) return
      let stop = 0
      for (let word = 0; word < text.words.length; word += 1) {
        const at = text.starts[word] ?? 0
        if (places[at] !== -1) continue
        if (stop <= at) {
          stop = at
          while (places[stop] === -1) stop += 1
        }
        const rest = text.characters.slice(at, stop)
        const one = (text.starts[word + 1] ?? 0) - at
        const match = output.remaining(rest, one, cursorBefore(index, at), within)
        if (match) take(index, at, match.place, match.length)
      }
    })

  for (isLastTurn of [false, true]) {
    // Short texts are parts of long ones elsewhere: they wait until the long ones are found.
    takeWhole(long, Infinity)
    takeWhole(gram, long, false)
    takeWhole(gram, long, true)
    takePassages()
    // `Table 1` is one text before its words are looked for one by one; numbers side by side are not: `3.2` in `3 | 2.1`.
    takeShort()
    takeRest(near, false)
    takeRest(Infinity, false)
  }
  for (isLastTurn of [false, true]) takeRest(Infinity, true)
  return went.map((text, index) =>
    text.words.map((_, word) => {
      const places = found[index]?.subarray(text.starts[word], text.starts[word + 1])
      return places !== undefined && !places.includes(-1)
    }),
  )
}

interface Match {
  readonly place: number
  readonly length: number
}

/** All that came out, as one row of characters of which each can be used once. */
function createOutput(texts: readonly string[]) {
  const parts = texts.map(wordsOf)
  const row = parts.map(({ characters }) => characters).join('')
  const used = new Uint8Array(row.length)
  const grams = createGrams(row, gram)
  const byWord = new Map<string, number[]>()
  const isBoundary = new Uint8Array(row.length + 1)
  let before = 0
  const addWords = ({ words, characters, starts }: Words) =>
    words.forEach((_, word) => {
      const [start, end] = [starts[word] ?? 0, starts[word + 1] ?? 0]
      const text = characters.slice(start, end)
      const places = byWord.get(text)
      if (!places) byWord.set(text, [before + start])
      else if (places.at(-1) !== before + start) places.push(before + start)
      isBoundary[before + start] = 1
    })
  parts.forEach((part, index) => {
    addWords(part)
    const divided = dividedAtTags(texts[index] ?? '')
    if (divided?.characters === part.characters) addWords(divided)
    before += part.characters.length
  })
  isBoundary[row.length] = 1

  /** Counts the characters of the text from `at` that stand unused at a place. */
  const reach = (text: string, at: number, place: number): number => {
    let length = 0
    while (
      at + length < text.length &&
      used[place + length] === 0 &&
      text.charCodeAt(at + length) === row.charCodeAt(place + length)
    )
      length += 1
    return length
  }
  /**
   * Keeps the best of the places that it is shown: the longest, then one whose first word has `one` characters too, so
   * that `3.7` is not found in `37.1`, and that ends a word, so that `Figure S1` is not found in `Figure S19`; then the one
   * that is nearest to the cursor. Fewer characters than `least` count only as words of their own: a `y` within a word does
   * not keep from the `Y` of a name.
   */
  const search = (text: string, at: number, cursor: number, { least = gram, one = 0 } = {}) => {
    let [place, length] = [-1, 0]
    const likeness = (candidate: number) =>
      (isBoundary[candidate + one] === 1 ? 2 : 0) + (isBoundary[candidate + length] === 1 ? 1 : 0)
    return {
      look: (candidate: number) => {
        const reached = reach(text, at, candidate)
        if (reached === 0 || reached < length) return
        // What follows the text before may be one word with it here: `Suppl 4` and `S109`.
        const isWord = (isBoundary[candidate] === 1 || candidate === cursor) && isBoundary[candidate + reached] === 1
        if (!isWord && reached < least) return
        const [ours, best] = [likeness(candidate), likeness(place)]
        const isNearer = Math.abs(candidate - cursor) < Math.abs(place - cursor)
        if (reached > length || ours > best || (ours === best && isNearer)) [place, length] = [candidate, reached]
      },
      best: (): Match | undefined => (length > 0 ? { place, length } : undefined),
    }
  }

  return {
    use: (place: number, length: number) => used.fill(1, place, place + length),

    /** Finds the place of the whole text as words of its own: `questionnaires` is not in `questionnaire (SMAQ)`. */
    whole(text: string, cursor: number): number | undefined {
      const isApart = (place: number) => isBoundary[place] === 1 && isBoundary[place + text.length] === 1
      if (isApart(cursor) && reach(text, 0, cursor) === text.length) return cursor
      const { look, best } = search(text, 0, cursor)
      grams.eachPlace(text, 0, (place) => {
        if (isApart(place)) look(place)
      })
      const match = best()
      return match?.length === text.length ? match.place : undefined
    },

    /** Finds the longest passage from a place in the text. */
    longest(text: string, at: number, cursor: number): Match | undefined {
      const { look, best } = search(text, at, cursor)
      look(cursor)
      grams.eachPlace(text, at, look)
      const match = best()
      return match && match.length >= gram ? match : undefined
    },

    /**
     * Finds a rest of a text whose first word is `one` characters long, not farther away than told: the whole of it, a
     * long passage, or some words at the place where they should be.
     */
    remaining(rest: string, one: number, cursor: number, within: number): Match | undefined {
      const word = rest.slice(0, one)
      const places = byWord.get(word)?.filter((place) => used[place] === 0) ?? []
      // What is used stays used: long lists of common words become short.
      if (places.length > 0) byWord.set(word, places)
      else byWord.delete(word)
      const { look, best } = search(rest, 0, cursor, { least: gram / 2, one })
      look(cursor)
      places.forEach(look)
      // Words that stand apart in the XML may be one here: `1981` and `a`.
      if (rest.length > one) byWord.get(rest)?.forEach(look)
      const match = best()
      if (!match) return undefined
      const { place, length } = match
      if (Math.abs(place - cursor) > within) return undefined
      if (length === rest.length) return match
      if (length < one) return undefined
      return length >= gram || within === near ? match : undefined
    },
  }
}
