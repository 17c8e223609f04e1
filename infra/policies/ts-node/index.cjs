// Pulumi's host of policy packs registers ts-node before it loads any pack, whatever language that is in, and ts-node can't work
// with TypeScript 7. Nothing here needs it: Node runs TypeScript as it is. The version is one that Pulumi takes.
exports.VERSION = '0.0.0'
exports.register = () => {}
