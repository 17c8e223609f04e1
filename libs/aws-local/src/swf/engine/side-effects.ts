import { externalSideEffects } from './external.ts'
import { familySideEffects } from './family.ts'
import type { SideEffects } from './side-effect.ts'

export const sideEffects: SideEffects = { ...familySideEffects, ...externalSideEffects }
