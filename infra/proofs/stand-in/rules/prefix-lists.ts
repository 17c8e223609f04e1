/** The prefix lists that AWS keeps: their ids, and as how many rules each counts. */
import { digitsOf } from './digits.ts'

/** The id of a list in the stand-in. */
export const prefixListId = (name: string): string => `pl-${digitsOf(name).slice(0, 8)}`

/** Lists that count for as many rules as they may have entries. */
const weights = new Map([[prefixListId('com.amazonaws.global.cloudfront.origin-facing'), 55]])

/** The number of rules as which a rule counts: more than one where its other side is a list. */
export const weightOf = (listId: string): number => weights.get(listId) ?? 1
