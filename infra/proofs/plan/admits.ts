/** Evaluates policies as IAM does, for the tests of what may be called. */

/** A statement as far as our policies say it. */
interface Said {
  readonly Effect: string
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined
}

/** A call, and the facts that IAM knows of it by the keys of conditions: `aws:PrincipalAccount`. */
export interface Question {
  readonly action: string
  readonly resource: string
  readonly known: Readonly<Record<string, string>>
}

/** True if a statement allows it, and none denies it. */
export function admits(statements: readonly Said[], asked: Question): boolean {
  const concerning = statements.filter((each) => concerns(each, asked))
  return concerning.some(({ Effect }) => Effect === 'Allow') && !concerning.some(({ Effect }) => Effect === 'Deny')
}

function concerns({ Action, Resource, Condition = {} }: Said, { action, resource, known }: Question): boolean {
  return (
    [Action].flat().some((pattern) => covers(pattern, action)) &&
    [Resource].flat().some((pattern) => covers(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) => {
      if (operator !== 'StringEquals') throw new Error(`${operator} is not evaluated here`)
      return Object.entries(keys).every(([key, values]) => [values].flat().includes(known[key]))
    })
  )
}

/** Matches a name against a pattern with wildcards. */
export function covers(pattern: string, name: string): boolean {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((part) => RegExp.escape(part))
      .join('.*')}$`,
  ).test(name)
}
