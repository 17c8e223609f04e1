export { depositProblemsApart } from './apart.ts'
export { depositProblems, prepareSchema, type DepositProblem } from './validate.ts'
