import { isA, notYetKnown, textOf, type Policy } from './model/policy.ts'

/** The settings that a bucket or a queue has once, and the input that says whose they are. */
const settings = {
  's3/bucketPolicy:BucketPolicy': 'bucket',
  's3/bucketOwnershipControls:BucketOwnershipControls': 'bucket',
  's3/bucketLogging:BucketLogging': 'bucket',
  's3/bucketNotification:BucketNotification': 'bucket',
  's3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': 'bucket',
  's3/bucketPublicAccessBlock:BucketPublicAccessBlock': 'bucket',
  'sqs/queuePolicy:QueuePolicy': 'queueUrl',
}

/** Of two resources for one setting each undoes the other at every update, and AWS says nothing. */
export const singleSettings: Policy = {
  name: 'single-settings',
  description: 'A bucket or queue has one resource for each of its settings.',
  together: (resources) =>
    Object.entries(settings).flatMap(([type, whose]) => {
      const all = resources.filter((each) => isA(each, type) && each.props[whose] !== notYetKnown)
      return all
        .filter((each, index) => all.findIndex((other) => other.props[whose] === each.props[whose]) !== index)
        .map((of) => ({
          of,
          message: `sets again what another resource sets of ${textOf(of.props[whose])}: make one of the two`,
        }))
    }),
}
