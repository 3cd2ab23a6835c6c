import { complaint, type Finding, parsed, type Run, type Said } from './finding';

const area = 'tools';

/** Programs that the steps of a deployment call, and versions that are too old for them. */
export function checkTools(run: Run, nodeVersion: string): Finding[] {
  return [node(nodeVersion), kubectl(run), terraform(run), gcloud(run)];
}

function node(version: string): Finding {
  return judge('node', 'Node.js', version, [20, 12], 'install Node.js 20.12 or later');
}

function kubectl(run: Run): Finding {
  const said = run('kubectl', ['version', '--client', '--output=json']);
  const version = (parsed(said.stdout) as { clientVersion?: { gitVersion?: string } } | undefined)
    ?.clientVersion?.gitVersion;
  return found('kubectl', 'kubectl', said, version, [1, 29], 'install kubectl 1.29 or later');
}

/** OpenTofu reads the same JSON. */
function terraform(run: Run): Finding {
  const fix = 'install Terraform 1.11 or later, or OpenTofu 1.11 or later';
  const said = run('terraform', ['version', '-json']);
  const tofu = said.status === null ? run('tofu', ['version', '-json']) : undefined;
  const version = (parsed((tofu ?? said).stdout) as { terraform_version?: string } | undefined)
    ?.terraform_version;
  const title = tofu !== undefined && tofu.status !== null ? 'OpenTofu' : 'Terraform';
  return found('terraform', title, tofu ?? said, version, [1, 11], fix);
}

function gcloud(run: Run): Finding {
  const said = run('gcloud', ['version', '--format=json']);
  if (said.status === null) {
    return {
      area,
      id: 'gcloud',
      verdict: 'warning',
      text: 'gcloud is not there: credentials, the state bucket and clusters cannot be looked for',
      fix: 'install the Google Cloud CLI',
    };
  }
  const version = (parsed(said.stdout) as Record<string, string> | undefined)?.['Google Cloud SDK'];
  return { area, id: 'gcloud', verdict: 'ok', text: `gcloud ${version ?? 'is there'}` };
}

function found(
  id: string,
  title: string,
  said: Said,
  version: string | undefined,
  least: readonly [number, number],
  fix: string,
): Finding {
  if (said.status === null) return { area, id, verdict: 'failed', text: `${title} is not there`, fix };
  if (version === undefined) {
    return {
      area,
      id,
      verdict: 'failed',
      text: `${title} does not tell its version: ${complaint(said)}`,
      fix,
    };
  }
  return judge(id, title, version, least, fix);
}

function judge(
  id: string,
  title: string,
  version: string,
  [leastMajor, leastMinor]: readonly [number, number],
  fix: string,
): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const isOld = major < leastMajor || (major === leastMajor && minor < leastMinor);
  const text = `${title} ${version.replace(/^v/, '')}`;
  return isOld
    ? { area, id, verdict: 'failed', text: `${text} is too old`, fix }
    : { area, id, verdict: 'ok', text };
}
