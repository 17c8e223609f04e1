/** Start-to-close time-out of decision tasks in seconds: how long a killed decider delays its executions. */
export const decisionTimeout = '30'
