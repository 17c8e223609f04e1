import type { Rule } from './kind.ts'

/** The memory (MB) that Fargate offers for each number of CPU units. */
const sizes: Record<number, readonly [from: number, to: number, step: number]> = {
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16_384: [32_768, 122_880, 8192],
}

/** True if Fargate offers this task size. */
export function isFargateSize(cpu: number, memory: number): boolean {
  if (cpu === 256) return [512, 1024, 2048].includes(memory)
  const [from, to, step] = sizes[cpu] ?? [1, 0, 1]
  return memory >= from && memory <= to && (memory - from) % step === 0
}

export const fargateSize: Rule = {
  property: 'memory',
  holds: (memory, { cpu, requiresCompatibilities }) =>
    !(Array.isArray(requiresCompatibilities) && requiresCompatibilities.includes('FARGATE')) ||
    isFargateSize(Number(cpu), Number(memory)),
  says: 'with cpu a size that Fargate has: 256 with 512, 1024 or 2048; 512 with 1024 to 4096; 1024 with 2048 to 8192...',
}
