import { access, mkdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { journalProblems, journalWithDefaults, type JournalSettings } from '@continuum/article'
import { UserError } from '../errors/user-error.ts'
import { checkPackages, type Output } from './check.ts'

/** A value of a journal that nobody can know but its publisher. */
export interface Question {
  readonly key: 'name' | 'publisher' | 'prefix' | 'doiPrefix' | 'issn'
  readonly option: string
  readonly asks: string
  /** An example of a valid answer. */
  readonly expected: string
}

/** The five values of a journal, in the order in which they are asked for. */
export const questions: readonly Question[] = [
  { key: 'name', option: '--name <text>', asks: 'Name of the journal', expected: 'a title: "Journal of Examples"' },
  { key: 'publisher', option: '--publisher <text>', asks: 'Publisher', expected: 'a name: "Example Press"' },
  {
    key: 'prefix',
    option: '--prefix <text>',
    asks: 'Prefix: packages and article ids begin with it',
    expected: '1 to 20 lower-case letters and digits: "joe", as in joe-00353-vor-r1.zip',
  },
  {
    key: 'doiPrefix',
    option: '--doi-prefix <text>',
    asks: "DOI prefix: all of a DOI before the article's number",
    expected: '"10.", digits, a slash and what follows: "10.5555/joe."',
  },
  { key: 'issn', option: '--issn <text>', asks: 'ISSN', expected: 'eight characters with a hyphen: "1234-5679"' },
]

export type Answers = Partial<Record<Question['key'], string>>

/** Describes the fault of an answer in a sentence; undefined if it is valid. */
export function answerProblem({ key, expected }: Question, answer: string): string | undefined {
  const others: Record<Question['key'], string> = {
    name: 'x',
    publisher: 'x',
    prefix: 'x',
    doiPrefix: '10.5555/x',
    issn: '1234-5679',
  }
  const isWrong = journalProblems({ ...others, [key]: answer }).length > 0
  if (isWrong) return `${key} is ${answer === '' ? 'empty' : `"${answer}"`}, expected is ${expected}.`
  if (key === 'issn' && !hasCheckDigit(answer)) {
    return `issn is "${answer}", whose last character does not fit the others: a digit is mistyped.`
  }
  return undefined
}

interface NewJournal {
  readonly answers: Answers
  /** Asks a person for the values that are not answered; absent where nobody can be asked. */
  readonly ask?: (question: Question) => Promise<string>
  /** The folder of the journals' files. */
  readonly folder: string
  /** Packages to check by the new settings, before they are written. */
  readonly packages: readonly string[]
  readonly base: string
}

/**
 * Makes a journal's file of its five values. A package that is tried and would not be taken does not stop it: settings are
 * added to the file until it is.
 *
 * @returns the exit code: 1 when a package that was tried would not be taken
 * @throws {UserError} for values that are missing or wrong, all of them named, and for a prefix that is taken
 */
export async function newJournal({ answers, ask, folder, packages, base }: NewJournal, output: Output): Promise<0 | 1> {
  const settings = await valuesOf(answers, ask)
  const file = join(folder, `${settings.prefix}.json`)
  const exists = await access(file).then(
    () => true,
    () => false,
  )
  if (exists) throw new UserError(`${shown(file, base)} exists already. Choose another prefix, or edit that file.`)
  const code =
    packages.length === 0
      ? 0
      : await checkPackages(packages, { journals: [journalWithDefaults(settings)], base, json: false }, output)
  await mkdir(folder, { recursive: true })
  await writeFile(file, `${JSON.stringify(settings, undefined, 2)}\n`, { flag: 'wx' })
  output.line(`Wrote ${shown(file, base)}. Name "${settings.prefix}" in journals of the environments that publish it.`)
  if (code === 1) {
    output.line(`Not every package would be taken yet. Add settings to the file (packageNames for another name, licences for other licences; all are in
docs/your-journal.md); then try again:
  npm run -s continuum -- check --journal ${shown(file, base)} ${packages.join(' ')}`)
  }
  return code
}

async function valuesOf(answers: Answers, ask: NewJournal['ask']): Promise<JournalSettings> {
  const values: Answers = {}
  const problems: string[] = []
  for (const question of questions) {
    const { key, option, expected } = question
    const given = answers[key]?.trim()
    if (given === undefined && ask === undefined) {
      problems.push(`${key} is missing (${option.split(' ')[0]}), expected is ${expected}.`)
      continue
    }
    const value = given ?? (await ask?.(question)) ?? ''
    const problem = answerProblem(question, value)
    if (problem !== undefined) problems.push(problem)
    values[key] = value
  }
  if (problems.length > 0) throw new UserError(problems.join('\n'))
  const { name = '', publisher = '', prefix = '', doiPrefix = '', issn = '' } = values
  return { name, publisher, prefix, doiPrefix, issn }
}

function shown(file: string, base: string): string {
  const path = relative(base, file)
  return path.startsWith('..') ? file : path
}

/** ISO 3297: weights from 8 to 2, modulo 11, 10 is X. */
function hasCheckDigit(issn: string): boolean {
  const digits = issn.replace('-', '')
  const sum = Array.from(digits.slice(0, 7), Number).reduce((total, digit, index) => total + digit * (8 - index), 0)
  const check = (11 - (sum % 11)) % 11
  return digits.at(-1) === (check === 10 ? 'X' : String(check))
}
