import type { Element } from '../jats/tree.ts'
import { rowOf } from './presence.ts'
import { ancestorsOf, type Run } from './xml-text.ts'

/** Tells what came out of the element around a text. */
export function outcomeOf(runs: readonly Run[], found: readonly (readonly boolean[])[]) {
  const isWhole = (index: number) => found[index]?.every((isFound) => isFound) ?? false
  return {
    /** Another text of the nearest element of a name has the words, one after the other, and came out whole. */
    isWithin: (run: Run, name: string): boolean => {
      const element = around(run, name)
      const wanted = rowOf(run.words)
      return runs.some(
        (other, index) =>
          other !== run && isWhole(index) && around(other, name) === element && rowOf(other.words).includes(wanted),
      )
    },

    /** All other texts of the nearest element of a name came out whole, and there are some. */
    isAllBesides: (run: Run, name: string): boolean => {
      const element = around(run, name)
      const others = runs.flatMap((other, index) => (other !== run && around(other, name) === element ? [index] : []))
      return others.length > 0 && others.every(isWhole)
    },
  }
}

function around(run: Run, name: string): Element | undefined {
  return [...ancestorsOf(run.place)].find(({ element }) => element.name === name)?.element
}
