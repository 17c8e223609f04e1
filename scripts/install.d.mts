/** The parts of install.mjs that a test looks at. */
export function onSilence(
  silence: { beforeFetching: number; afterwards: number },
  tell: (milliseconds: number) => void,
): { heard(): void; over(): void }
export function waitingWords(milliseconds: number, registry: string): string
