export { createTestClock, type TestClock } from './clock.ts'
export { runActivity } from './run-activity.ts'
export { runWorkflow, type Run, type RunOptions } from './run-workflow.ts'
export { readExport, replay } from './replay.ts'
