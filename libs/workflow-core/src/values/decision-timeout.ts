/** Seconds that a decider has for a decision before SWF gives the task to another: what a killed decider costs. */
export const decisionTimeout = '30'
