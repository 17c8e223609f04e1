import { forbiddenInNames } from './declaration.ts'
import { InvalidPayloadError } from './errors.ts'

/** Leaves room for a leading `retry.` and a trailing `#9999` within SWF's 256 characters for an id. */
const maxStepIdLength = 245

/**
 * Builds the id of a step from its name and its key, if any: `ConvertImage.fig1`. Its attempts are `ConvertImage.fig1#2`.
 * Characters that SWF rejects in ids (`:` `/` `|` and control characters) are percent-encoded, so any key will do.
 * @throws InvalidPayloadError when name and key are too long together
 */
export function stepId(name: string, key: string | undefined): string {
  const id = key === undefined ? name : `${name}.${key.replaceAll(reserved, percent)}`
  if (id.length > maxStepIdLength) {
    throw new InvalidPayloadError(
      `Key of ${name} is too long: '${id}' has ${id.length} characters; at most ${maxStepIdLength} are allowed.`,
    )
  }
  return id
}

const reserved = new RegExp(`${forbiddenInNames.source}|[%#]`, 'gu')

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
