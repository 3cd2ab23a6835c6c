import { objectRule } from '../objects';
import { textOf, treesOf, valueAt } from '../tree';
import { frontendOf, isOfGke, parentsOf, treeAt } from '../ways';

export const webRedirect = objectRule({
  id: 'TL-WEB-001',
  title: 'Pages are served to whoever comes by plain HTTP',
  severity: 'error',
  why: 'Everybody on the way reads the session, although there is a certificate',
  fix: 'attach the route to the listener for HTTPS, and redirect what comes by HTTP',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/deploying-gateways#https_redirect',
  kinds: ['HTTPRoute', 'Ingress'],
  finds: (resource, context) => {
    const { body } = resource;
    if (resource.type === 'Ingress') {
      const annotations = treeAt(body, 'metadata.annotations');
      if (!isOfGke(resource) || annotations['kubernetes.io/ingress.allow-http'] === 'false') return [];
      const redirects = valueAt(frontendOf(resource, context)?.body, 'spec.redirectToHttps.enabled') === true;
      return redirects
        ? []
        : [
            {
              path: 'metadata.annotations["networking.gke.io/v1beta1.FrontendConfig"]',
              found: 'no FrontendConfig that redirects',
              wanted: 'one with redirectToHttps, or kubernetes.io/ingress.allow-http: "false"',
            },
          ];
    }
    const isPlain = parentsOf(resource, context).some(({ gateway, section }) =>
      treesOf(valueAt(gateway.body, 'spec.listeners')).some(
        ({ name, protocol }) => protocol === 'HTTP' && (section === '' || section === name),
      ),
    );
    if (!isPlain) return [];
    return treesOf(valueAt(body, 'spec.rules')).flatMap((rule, i) => {
      const redirects = treesOf(rule.filters).some(
        ({ requestRedirect }) => textOf(valueAt(requestRedirect, 'scheme')) === 'https',
      );
      return redirects
        ? []
        : [{ path: `spec.rules[${i}]`, found: 'an answer by HTTP', wanted: 'a redirect to https' }];
    });
  },
});
