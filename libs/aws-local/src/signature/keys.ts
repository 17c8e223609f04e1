/** Secrets by access key id. */
export type Keys = Readonly<Record<string, string>>

/** The secret of every access key of a server that was given no keys: any key signs, and only presigned addresses are checked. */
const openSecret = 'local'

/** How a server finds the secret of an access key id; undefined for one that it does not know. */
export const secrets =
  (keys: Keys | undefined) =>
  (id: string): string | undefined =>
    keys === undefined ? openSecret : Object.hasOwn(keys, id) ? keys[id] : undefined

/** Thrown when a file of keys is not what it should be. Not worth a retry. */
export class InvalidKeysError extends Error {
  override readonly name = 'InvalidKeysError'
  constructor(reason: string) {
    super(`The keys can't be read: ${reason}. What is wanted is JSON like {"AKIAEXAMPLE": "its secret"}.`)
  }
}

/** Reads the text of a file of keys. Throws {@link InvalidKeysError}. */
export function parseKeys(text: string): Keys {
  const entries = Object.entries(parseObject(text))
  if (entries.length === 0) throw new InvalidKeysError('there is none')
  return Object.fromEntries(
    entries.map(([id, secret]) => {
      if (!/^\w{3,128}$/.test(id)) throw new InvalidKeysError(`${JSON.stringify(id)} is no access key id`)
      if (typeof secret !== 'string' || secret === '') throw new InvalidKeysError(`${id} has no secret`)
      return [id, secret]
    }),
  )
}

function parseObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Told below, as for JSON that is no object.
  }
  throw new InvalidKeysError('that is no JSON object')
}
