import { forbiddenInNames } from './declaration.ts'
import { InvalidPayload } from './errors.ts'

/** Room for `retry.` before and `#9999` behind, within SWF's 256 characters for an id. */
const longestStepId = 245

/**
 * Id of a step: its name, and its key where it has one: `ConvertImage.fig1`. Attempts of it are `ConvertImage.fig1#2`.
 * What SWF forbids in ids (`:` `/` `|` and control characters) is percent-encoded, so any key will do.
 * @throws InvalidPayload when name and key are too long together
 */
export function stepId(name: string, key: string | undefined): string {
  const id = key === undefined ? name : `${name}.${key.replaceAll(reserved, percent)}`
  if (id.length > longestStepId) {
    throw new InvalidPayload(`Key of ${name} is too long: '${id}' has ${id.length} characters, of ${longestStepId}.`)
  }
  return id
}

const reserved = new RegExp(`${forbiddenInNames.source}|[%#]`, 'gu')

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
