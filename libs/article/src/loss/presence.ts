import { childOf, textOf, type Element } from '../jats/tree.ts'
import { wordsOf } from './words.ts'

/** Words in one row, so that a passage of them is found as a whole. */
export function rowOf(words: readonly string[]): string {
  return ` ${words.join(' ').toLowerCase()} `
}

const months = 'January February March April May June July August September October November December'.split(' ')

/** Tells whether something stands in the texts at all, however often it is used. */
export function presenceIn(texts: readonly string[], dates: readonly string[] = []) {
  let row: string | undefined
  let all: string | undefined
  return {
    /** Words that stand one after the other. */
    hasPassage: (words: readonly string[]): boolean => {
      row ??= rowOf(texts.flatMap((text) => wordsOf(text).words))
      return row.includes(rowOf(words))
    },

    /** The date that an element gives by `day`, `month` and `year`, as `2015-04-15` or `15 April 2015`. */
    hasDate: (date: Element | undefined): boolean => {
      const [year, month, day] = ['year', 'month', 'day'].map((name) => textOf(childOf(date, name)))
      if (!year) return false
      all ??= [...texts, ...dates].join('\n')
      const iso = [year, ...[month, day].flatMap((part) => (part ? [part.padStart(2, '0')] : []))].join('-')
      const spelt = [day && String(Number(day)), months[Number(month) - 1], year].filter(Boolean).join(' ')
      return all.includes(iso) || all.includes(spelt)
    },
  }
}
