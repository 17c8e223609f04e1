const width = 30

/** A progress bar of one line: `[#######...................] 12 of 40  elife-00353-v1.xml`. */
export function progressBar(done: number, all: number, name: string): string {
  const filled = all === 0 ? width : Math.round((done / all) * width)
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${done} of ${all}  ${name}`
}
