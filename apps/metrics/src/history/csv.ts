/** Splits a line of comma-separated values; a value in quotes may have commas, and quotes written twice. */
export function readCsvLine(line: string): string[] {
  const values: string[] = []
  for (const [, quoted, plain = ''] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    values.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
  }
  return values
}
