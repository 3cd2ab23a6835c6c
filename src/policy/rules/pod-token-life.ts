import { violationsOf } from '../attributes';
import { podRule } from '../pods';
import { isTree, textOf, treesOf } from '../tree';

/** As long as the API server's own default, with room; the shortest that it takes. */
const shortestSeconds = 600;
const longestSeconds = 7200;

const life = {
  wanted: `${shortestSeconds} to ${longestSeconds} seconds`,
  accepts: (value: unknown) =>
    typeof value === 'number' && value >= shortestSeconds && value <= longestSeconds,
};
const filled = {
  wanted: 'a list of sources',
  accepts: (value: unknown) => Array.isArray(value) && value.length > 0,
};

export const podTokenLife = podRule({
  id: 'TL-POD-024',
  title: 'A mounted token lives longer than it is needed',
  severity: 'warning',
  why: 'A token that was copied opens the API until it ends; a volume without sources mounts nothing',
  fix: `give each serviceAccountToken ${life.wanted}: the kubelet renews it`,
  see: 'https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken',
  finds: (pod) =>
    treesOf(pod.spec.volumes).flatMap(({ name, projected }) => {
      if (!isTree(projected)) return [];
      const path = `${pod.path}.volumes[${textOf(name)}].projected.`;
      return [
        ...violationsOf(projected, { sources: filled }, path),
        ...treesOf(projected.sources).flatMap(({ serviceAccountToken: token }, index) =>
          isTree(token)
            ? violationsOf(
                token,
                { expirationSeconds: life },
                `${path}sources[${index}].serviceAccountToken.`,
              )
            : [],
        ),
      ];
    }),
});
