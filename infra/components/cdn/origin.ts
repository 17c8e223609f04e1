/** The way of CloudFront to the journal at the load balancer, which takes the journal's requests from nobody else. */

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
