// The start of the program of an account's foundation, in plain JavaScript as that of an environment.
import { onNode26 } from '../on-node-26.mjs'

/** Runs the program, or says which Node it needs. */
export default () => onNode26(() => import('./index.ts'))
