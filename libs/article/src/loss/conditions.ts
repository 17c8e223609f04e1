import { childrenOf, textOf, type Element } from '../jats/tree.ts'
import { rowOf, type presenceIn } from './presence.ts'
import type { Reason } from './reasons.ts'
import { wordsOf } from './words.ts'
import { ancestorsOf, type Run } from './xml-text.ts'

/** Tells if a reason holds only where something else came out. */
export function isConditional({ lost, repeats, date, within, besides, saidBy, givenIn }: Reason): boolean {
  return [lost, repeats, date, within, besides, saidBy, givenIn].some((condition) => condition !== undefined)
}

/** Tells if a text may come out once for two, or in another form: it should take no words from texts that must come out. */
export function mayRepeat(reason: Reason, run: Run, runs: readonly Run[]): boolean {
  const { repeats, date, within, saidBy, givenIn } = reason
  if (repeats ?? date) return true
  if (saidBy !== undefined) return isSaidBy(run, saidBy)
  if (givenIn !== undefined) return isGivenIn(run, givenIn)
  return within !== undefined && textsBeside(run, within, runs).some((other) => says(other, run))
}

/** Tells if a text is another form of its siblings, which should come out first. */
export function isOtherForm({ givenIn }: Reason, run: Run): boolean {
  return givenIn !== undefined && isGivenIn(run, givenIn)
}

/** Answers, when all texts have been looked for, which reasons hold for those of which words are lost. */
export function conditionsAfter(
  runs: readonly Run[],
  found: readonly (readonly boolean[])[],
  output: ReturnType<typeof presenceIn>,
  reasonsOf: (run: Run) => readonly Reason[],
) {
  const whole = new Set(runs.filter((_, index) => found[index]?.every((isFound) => isFound)))
  const isMark = (run: Run) => reasonsOf(run).some(({ besides }) => besides !== undefined)
  return {
    holds(reason: Reason, run: Run, lostWords: readonly string[]): boolean {
      const { lost, repeats, date, within, besides, saidBy, givenIn } = reason
      const beside = (name: string) => textsBeside(run, name, runs)
      const isAllElseShown = (name: string) => {
        const others = beside(name).filter((other) => !isMark(other))
        return others.length > 0 && others.every((other) => whole.has(other))
      }
      return (
        !date &&
        (lost?.test(lostWords.join(' ')) ?? true) &&
        (!repeats || output.hasPassage(run.words)) &&
        (within === undefined || beside(within).some((other) => whole.has(other) && says(other, run))) &&
        (besides === undefined || isAllElseShown(besides)) &&
        (saidBy === undefined || isSaidBy(run, saidBy)) &&
        (givenIn === undefined || isGivenIn(run, givenIn))
      )
    },
  }
}

/** Other texts of the nearest element of a name around a text. */
function textsBeside(run: Run, name: string, runs: readonly Run[]): readonly Run[] {
  const element = around(run, name)
  return runs.filter((other) => other !== run && around(other, name) === element)
}

function around(run: Run, name: string): Element | undefined {
  return [...ancestorsOf(run.place)].find(({ element }) => element.name === name)?.element
}

/** A text has all words of another, one after the other. */
function says(text: Pick<Run, 'words'>, other: Run): boolean {
  return rowOf(text.words).includes(rowOf(other.words))
}

function isSaidBy(run: Run, name: string): boolean {
  return childrenOf(run.place.parent?.element, name).some((sibling) => says(wordsOf(textOf(sibling)), run))
}

/** Words of a statement of copyright around year and holder. */
const aroundHolder = ['copyright', 'copyrights', 'c', 'the', 'by', 'of']

function isGivenIn(run: Run, names: readonly string[]): boolean {
  const siblings = childrenOf(run.place.parent?.element, ...names).flatMap((one) => wordsOf(textOf(one)).words)
  const known = new Set([...siblings, ...aroundHolder].map((word) => word.toLowerCase()))
  return siblings.length > 0 && run.words.every((word) => known.has(word.toLowerCase()))
}
