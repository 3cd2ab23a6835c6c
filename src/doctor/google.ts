import { complaint, type Finding, type Run } from './finding';

const area = 'google';

/** Whether Terraform can sign in to Google, and whether the bucket of its state is there. */
export function checkGoogle(
  run: Run,
  { project, stateBucket }: { readonly project: string; readonly stateBucket: string },
): Finding[] {
  // The token is read to see that there is one, and goes nowhere.
  const token = run('gcloud', ['auth', 'application-default', 'print-access-token', '--quiet']);
  if (token.status === null) return [skipped('credentials'), skipped('state-bucket')];
  const credentials: Finding =
    token.status === 0
      ? {
          area,
          id: 'credentials',
          verdict: 'ok',
          text: 'Terraform can sign in by application default credentials',
        }
      : {
          area,
          id: 'credentials',
          verdict: 'failed',
          text: `there are no application default credentials: ${complaint(token)}`,
          fix: 'run gcloud auth application-default login, or name a credential file of the CI in GOOGLE_APPLICATION_CREDENTIALS',
        };
  return [credentials, bucket(run, project, stateBucket)];
}

function bucket(run: Run, project: string, name: string): Finding {
  const id = 'state-bucket';
  const said = run('gcloud', [
    ...['storage', 'buckets', 'describe', `gs://${name}`],
    ...[`--project=${project}`, '--format=value(name)', '--quiet'],
  ]);
  if (said.status === 0)
    return { area, id, verdict: 'ok', text: `the bucket ${name} holds the state of Terraform` };
  if (/not found|404/i.test(said.stderr)) {
    return {
      area,
      id,
      verdict: 'warning',
      text: `the bucket ${name} for the state of Terraform is not there yet`,
      fix: 'apply the stack bootstrap, as tapline synth says',
    };
  }
  return {
    area,
    id,
    verdict: 'failed',
    text: `the bucket ${name} for the state of Terraform cannot be seen: ${complaint(said)}`,
    fix: /active account|reauth|login/i.test(said.stderr)
      ? 'run gcloud auth login'
      : `ask for roles/storage.admin on it, or for a role on the project ${project}`,
  };
}

function skipped(id: string): Finding {
  return { area, id, verdict: 'skipped', text: `${id.replace('-', ' ')}: gcloud is not there` };
}
