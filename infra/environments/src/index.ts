export { Environment, processNames, type ProcessName, type ProcessSize } from './environment.ts'
