import type { ValidationError } from './validation-error.ts'

/** The memory (GB) that Fargate offers for each number of CPU units: from, to, step. */
const fargate = new Map([
  [256, [0.5, 2, 0.5]],
  [512, [1, 4, 1]],
  [1024, [2, 8, 1]],
  [2048, [4, 16, 1]],
  [4096, [8, 30, 1]],
  [8192, [16, 60, 4]],
  [16_384, [32, 120, 8]],
])

/** Tells why Fargate has no task of this size; nothing where it has. */
export function* sizeErrors(
  path: string,
  { cpu, memory }: { readonly cpu: number; readonly memory: number },
): Iterable<ValidationError> {
  const [from = 0, to = 0, step = 1] = fargate.get(cpu) ?? []
  const gigabytes = memory / 1024
  // 256 CPU units go with 0.5, 1 or 2 GB, but not with 1.5.
  const fits = gigabytes >= from && gigabytes <= to && gigabytes % step === 0 && !(cpu === 256 && gigabytes === 1.5)
  if (!fargate.has(cpu))
    yield { path: `${path}.cpu`, text: `must be one of ${[...fargate.keys()].join(', ')} (Fargate), but is ${cpu}` }
  else if (!fits)
    yield {
      path: `${path}.memory`,
      text: `must be from ${from * 1024} to ${to * 1024} MB in steps of ${step * 1024} for cpu ${cpu} (Fargate), but is ${memory}`,
    }
}
