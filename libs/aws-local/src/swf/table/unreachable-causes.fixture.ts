/** Causes of failed decisions that cannot occur here, and why. */
export const unreachableCauses: readonly { causes: RegExp; because: string }[] = [
  { causes: /: OPERATION_NOT_PERMITTED$/, because: 'only IAM refuses a decision, and there is none here' },
  { causes: /_RATE_EXCEEDED$/, because: 'nothing is throttled here; a fault may be injected' },
  { causes: /^ScheduleLambdaFunctionFailed: /, because: 'each Lambda function is scheduled, and then fails to start' },
  { causes: /: OPEN_WORKFLOWS_LIMIT_EXCEEDED$/, because: 'open executions of a domain are not limited here' },
]
