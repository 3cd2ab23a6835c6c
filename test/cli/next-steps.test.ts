import { nextSteps } from '../../src/cli/next-steps';
import { readInput } from '../../src/output';

const stepsFor = (file: string) => {
  const [platform] = readInput(file).platforms;
  return nextSteps(file, {
    platform: platform!,
    stacks: ['bootstrap', 'foundation', 'data', 'cluster'],
    cdktfOut: 'out/cdktf.out',
    dist: 'out/dist',
  });
};

describe('the way to running pods', () => {
  test('names the configuration to cdktf, which would deploy another platform otherwise', () => {
    const [bootstrap, rest] = stepsFor('examples/minimal/platform.yaml');
    expect(bootstrap?.command).toBe(
      'TAPLINE_CONFIG=examples/minimal/platform.yaml npx cdktf deploy --output out/cdktf.out bootstrap',
    );
    expect(rest?.command).toMatch(/--ignore-missing-stack-dependencies foundation data cluster$/);
  });

  test('names the environment, and a folder of its own, whose Terraform state is no other one', () => {
    const [bootstrap] = stepsFor('examples/multi-environment/platform.yaml');
    expect(bootstrap?.command).toMatch(
      /TAPLINE_ENVIRONMENT=production npx cdktf deploy --output out\/cdktf\.out/,
    );
    expect(bootstrap?.why).toMatch(/shop-production\.bootstrap\.tfstate/);
  });

  test('says which values a person fills, and installs the operator before its objects are applied', () => {
    const commands = stepsFor('examples/gitlab-meltano/platform.yaml').map(({ command }) => command);
    const order = ['gcloud secrets versions add', 'get-credentials', 'external-secrets', 'kubectl apply'];
    const places = order.map((text) => commands.findIndex((command) => command.includes(text)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('applies to each cluster its own folder, after turning kubectl to it where it is', () => {
    const commands = stepsFor('examples/gitlab-data/platform.yaml').map(({ command }) => command);
    const kubectl = commands.filter((command) => /get-credentials|kubectl apply/.test(command));
    expect(kubectl).toEqual([
      expect.stringContaining('get-credentials bizops-runner --location us-west1-a '),
      expect.stringMatching(/-f out\/dist\/bizops-runner$/),
      expect.stringContaining('get-credentials data-ops --location us-west1-a '),
      expect.stringMatching(/-f out\/dist\/platform$/),
    ]);
    expect(commands.filter((command) => command.includes('helm install external-secrets'))).toHaveLength(2);
  });

  test('says how to get into an Airflow, and nothing of one where there is none', () => {
    const text = (file: string) =>
      stepsFor(file)
        .map(({ command }) => command)
        .join('\n');
    expect(text('examples/minimal/platform.yaml')).toMatch(
      /-n acme exec .*airflow users create --role Admin/,
    );
    expect(text('examples/gitlab-meltano/platform.yaml')).not.toMatch(/airflow users create/);
  });
});
