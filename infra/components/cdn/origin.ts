/** The way of CloudFront to the journal at the load balancer, which takes the journal's requests from nobody else. */
import { createUrn } from '@pulumi/pulumi'

/**
 * The port at which the load balancer listens to CloudFront. Its security group lets in CloudFront's addresses alone, which are those of
 * everybody's distributions; that it is ours a secret header tells. (A VPC origin would spare both, but wants a load balancer that the internet
 * does not reach, and this one serves the dashboard and the APIs too: a second one would cost 16 dollars a month.)
 */
export const cdnPort = 8443

/** The header with the secret; CloudFront replaces one of a reader's by its own. */
export const secretHeader = 'x-continuum-cdn'

/** The list of CloudFront's addresses that AWS keeps in every region. */
export const cdnPrefixList = 'com.amazonaws.global.cloudfront.origin-facing'

/**
 * The records of the journal's host at the load balancer and at CloudFront, each by what Pulumi's state calls it: one takes the place of the
 * other, so that the host moves, there and back, and never has two records or none.
 */
export const journalRecords = {
  loadBalancer: { name: 'entrance-journal', parent: createUrn('entrance', 'continuum:entrance:Entrance') },
  cdn: { name: 'journal-cdn-a', parent: createUrn('journal-cdn', 'continuum:cdn:JournalCdn') },
}
