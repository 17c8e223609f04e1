import { isA, notYetKnown, parsed, textOf, type Checked, type Policy } from './model/policy.ts'

/** A message that cannot be handled must neither be lost nor be retried forever. */
export const deadLetters: Policy = {
  name: 'dead-letter-queues',
  description: 'Every queue has a dead-letter queue, but dead-letter queues themselves (whose names end in `-dead`).',
  alone(resource) {
    if (!isA(resource, 'sqs/queue:Queue') || isDead(resource)) return []
    return resource.props['redrivePolicy'] === undefined ? ['has no dead-letter queue: give it a redrivePolicy'] : []
  },
  together(resources) {
    const queues = resources.filter((each) => isA(each, 'sqs/queue:Queue'))
    const redrives = queues.map(({ props }) => props['redrivePolicy']).filter((policy) => policy !== undefined)
    if (redrives.includes(notYetKnown)) return []
    const targets = redrives.map((policy) => textOf(parsed(policy)['deadLetterTargetArn']).split(':').at(-1))
    return queues
      .filter((each) => isDead(each) && !targets.includes(textOf(each.props['name'])))
      .map((of) => ({ of, message: 'has the name of a dead-letter queue but is the dead-letter queue of none' }))
  },
}

const isDead = ({ props }: Checked) => textOf(props['name']).endsWith('-dead')
