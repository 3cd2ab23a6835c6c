import { grantsOf } from '../iam';
import { notApplicable, type Rule, verdictOf } from '../types';
import { isTree, textOf, valueAt } from '../tree';

const annotation = 'iam.gke.io/gcp-service-account';

export const serviceAccountBinding: Rule = {
  id: 'TL-SA-002',
  title: 'A service account of Kubernetes may not act as the one that it names',
  severity: 'error',
  why: 'Its pods get no token, and fail at the first call to Google',
  fix: 'grant roles/iam.workloadIdentityUser to PROJECT.svc.id.goog[NAMESPACE/NAME] on the service account',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity',
  types: ['ServiceAccount'],
  checks: (resource, context) => {
    if (resource.kind !== 'kubernetes' || resource.type !== 'ServiceAccount') return notApplicable;
    const annotations = valueAt(resource.body, 'metadata.annotations');
    const email = isTree(annotations) ? textOf(annotations[annotation]) : '';
    const bindings = ['member', 'binding'].flatMap((form) =>
      context.terraform(`google_service_account_iam_${form}`).flatMap((one) => grantsOf(one, context)),
    );
    // Without any binding in the output, they are made elsewhere.
    if (email === '' || bindings.length === 0) return notApplicable;
    const member = `[${resource.namespace}/${resource.name}]`;
    const bound = bindings.some(
      (grant) =>
        grant.role === 'roles/iam.workloadIdentityUser' &&
        textOf(context.resolve(grant.resource.body.service_account_id, grant.resource.unit)).endsWith(
          email,
        ) &&
        grant.members.some((one) => one.endsWith(member)),
    );
    return verdictOf(
      bound
        ? []
        : [
            {
              path: `metadata.annotations["${annotation}"]`,
              found: `${email}, which ${member} may not act as`,
              wanted: 'a google_service_account_iam_member for it',
            },
          ],
    );
  },
};
