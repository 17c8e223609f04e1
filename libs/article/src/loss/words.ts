/** The words of a text as they are written, and their characters as they are compared. */
export interface Words {
  readonly words: readonly string[]
  /** All characters of all words, without anything between them. */
  readonly characters: string
  /** The place in `characters` where each word begins, and at last their number. */
  readonly starts: readonly number[]
}

const word = /[\p{L}\p{M}\p{N}]+/gu
/** Joiners and breaks that are no part of a word: soft hyphens, zero-width spaces and joiners, byte order marks. */
const invisible = /[\u00ad\u200b-\u200d\u2060\ufeff]/g
const plain = /^[ -~\t\n\r]*$/

/** A text in the form in which its words are compared: without invisible characters, compatible ones in their usual form. */
export function cleanText(text: string): string {
  return plain.test(text) ? text : text.replaceAll(invisible, '').normalize('NFKC')
}

/** The words of a text as they are written. */
export function wordListOf(text: string): readonly string[] {
  return cleanText(text).match(word) ?? []
}

/**
 * Reads the words of a text. Letters and digits count; case, compatible and composed forms, white space, punctuation and
 * invisible characters do not.
 */
export function wordsOf(text: string): Words {
  const words = wordListOf(text)
  const starts: number[] = []
  let characters = ''
  for (const one of words) {
    starts.push(characters.length)
    characters += one.toLowerCase()
  }
  starts.push(characters.length)
  return { words, characters, starts }
}

/** Stands in the text of HTML where a tag inside a sentence was; it is invisible, so it divides no words by itself. */
export const tagMark = '\u2060'

/**
 * Reads the words of a text of HTML as if its tags divided them: where the mark of a note stands before a word without
 * white space, `<sup>1</sup>Druid`, the word is one of its own in the XML. Undefined where the text has no tags.
 */
export function dividedAtTags(text: string): Words | undefined {
  return text.includes(tagMark) ? wordsOf(text.replaceAll(tagMark, ' ')) : undefined
}
