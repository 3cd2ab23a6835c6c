/**
 * The only place that knows cdk8s-plus, so that another version is one line here.
 *
 * By subpath: the index loads every kind. Kinds that hold pods are not taken from it, since version 27 drops
 * `restartPolicy` of init containers, and with it native sidecars.
 */
export { ConfigMap } from 'cdk8s-plus-27/lib/config-map';
export { Namespace } from 'cdk8s-plus-27/lib/namespace';
export { ServiceAccount } from 'cdk8s-plus-27/lib/service-account';
