import type { Context } from './context';
import { perContext } from './indexed';
import { podOf, type Pod } from './pods';
import { Reachability } from './reachability';
import { isTree, textOf, treesOf, valueAt } from './tree';
import type { KubernetesObject, TerraformResource, Tree } from './types';

const reachabilities = perContext((): Map<string, Reachability> => new Map());

/** Who reaches whom in a cluster. */
export function reachabilityOf(unit: string, context: Context): Reachability {
  const known = reachabilities(context);
  const found = known.get(unit);
  if (found !== undefined) return found;
  const here = (kind: string) => context.objects(kind).filter((one) => one.unit === unit);
  const made = new Reachability(
    here('NetworkPolicy'),
    new Map(here('Namespace').map((one) => [one.name, treeAt(one.body, 'metadata.labels')])),
  );
  known.set(unit, made);
  return made;
}

/** The object that something in a cluster names. */
export function objectNamed(
  context: Context,
  kind: string,
  { unit, namespace, name }: { readonly unit: string; readonly namespace: string; readonly name: string },
): KubernetesObject | undefined {
  return context
    .objects(kind)
    .find((one) => one.unit === unit && one.namespace === namespace && one.name === name);
}

/** The pods of the cluster that an object is in. */
export function podsOf(unit: string, context: Context): Pod[] {
  return context.resources.flatMap((one) =>
    one.kind === 'kubernetes' && one.unit === unit ? (podOf(one) ?? []) : [],
  );
}

/** The labels, annotations or the like at a place; nothing where there are none. */
export function treeAt(body: unknown, path: string): Tree {
  const found = valueAt(body, path);
  return isTree(found) ? found : {};
}

/** What an Ingress leads to: the class of those that GKE makes a load balancer for is not named. */
export function isOfGke(ingress: KubernetesObject): boolean {
  const named = treeAt(ingress.body, 'metadata.annotations')['kubernetes.io/ingress.class'];
  return (
    valueAt(ingress.body, 'spec.ingressClassName') === undefined && (named === undefined || named === 'gce')
  );
}

/** How an Ingress of GKE meets those who come. */
export function frontendOf(ingress: KubernetesObject, context: Context): KubernetesObject | undefined {
  const { unit, namespace, body } = ingress;
  const name = textOf(treeAt(body, 'metadata.annotations')['networking.gke.io/v1beta1.FrontendConfig']);
  return objectNamed(context, 'FrontendConfig', { unit, namespace, name });
}

/** The Gateways that a route attaches to, with the listener that it names. */
export function parentsOf(
  route: KubernetesObject,
  context: Context,
): { readonly gateway: KubernetesObject; readonly section: string }[] {
  return treesOf(valueAt(route.body, 'spec.parentRefs')).flatMap((parent) => {
    const gateway = objectNamed(context, 'Gateway', {
      unit: route.unit,
      namespace: textOf(parent.namespace) || route.namespace,
      name: textOf(parent.name),
    });
    return gateway === undefined ? [] : [{ gateway, section: textOf(parent.sectionName) }];
  });
}

/** A Service that a route or an Ingress leads to. */
export interface Backend {
  /** `spec.rules[0].backendRefs[0]`. */
  readonly path: string;
  readonly namespace: string;
  readonly service: string;
  readonly port: unknown;
}

/** What a route or an Ingress leads to. */
export function backendsOf({ type, namespace, body }: KubernetesObject): Backend[] {
  return treesOf(valueAt(body, 'spec.rules')).flatMap((rule, i) =>
    type === 'HTTPRoute'
      ? treesOf(rule.backendRefs).map((ref, j) => ({
          path: `spec.rules[${i}].backendRefs[${j}]`,
          namespace: textOf(ref.namespace) || namespace,
          service: textOf(ref.name),
          port: ref.port,
        }))
      : treesOf(valueAt(rule, 'http.paths')).map((path, j) => ({
          path: `spec.rules[${i}].http.paths[${j}].backend.service`,
          namespace,
          service: textOf(valueAt(path, 'backend.service.name')),
          port: valueAt(path, 'backend.service.port.number') ?? valueAt(path, 'backend.service.port.name'),
        })),
  );
}

/** Resources of some types whose name it is; undefined where the output makes nothing at Google at all. */
export function madeAtGoogle(
  context: Context,
  types: readonly string[],
  name: string,
): readonly TerraformResource[] | undefined {
  if (!context.resources.some(({ kind }) => kind === 'terraform')) return undefined;
  return types
    .flatMap((type) => context.terraform(type))
    .filter((one) => context.resolve(one.body.name, one.unit) === name);
}
