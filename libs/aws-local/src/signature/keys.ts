/** Secrets by access key id. */
export type Keys = Readonly<Record<string, string>>

/** The secret of every access key of a server without a list of keys: any key may sign, and only presigned URLs are checked. */
const openSecret = 'local'

/** Returns a function that finds the secret of an access key id; undefined for an unknown one. */
export const secrets =
  (keys: Keys | undefined) =>
  (id: string): string | undefined =>
    keys === undefined ? openSecret : Object.hasOwn(keys, id) ? keys[id] : undefined

/** Thrown for an invalid key file. Do not retry. */
export class InvalidKeysError extends Error {
  override readonly name = 'InvalidKeysError'
  constructor(reason: string) {
    super(`Invalid key file: ${reason}. Expected a JSON object such as {"AKIAEXAMPLE": "its secret"}.`)
  }
}

/** Parses the text of a key file. Throws {@link InvalidKeysError}. */
export function parseKeys(text: string): Keys {
  const entries = Object.entries(parseObject(text))
  if (entries.length === 0) throw new InvalidKeysError('it contains no keys')
  return Object.fromEntries(
    entries.map(([id, secret]) => {
      if (!/^\w{3,128}$/.test(id)) throw new InvalidKeysError(`${JSON.stringify(id)} is not an access key id`)
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
    // Reported below, like JSON that is not an object.
  }
  throw new InvalidKeysError('not a JSON object')
}
